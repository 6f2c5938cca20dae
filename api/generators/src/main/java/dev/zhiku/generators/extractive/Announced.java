package dev.zhiku.generators.extractive;

import dev.zhiku.index.embedding.Language;
import java.util.ArrayList;
import java.util.List;

/**
 * A unit that only asks or announces, with what follows it: the answer, the list, the command.
 *
 * @param members one or more; of running text, as much as makes one quote
 */
record Announced(Quotable lead, List<Quotable> members) {
  /** Running text that is taken along, in characters. */
  private static final int LONGEST = 330;

  private static final int LONGEST_CHINESE = 160;

  Announced {
    members = List.copyOf(members);
  }

  /** All of a passage, in reading order; a unit that nothing follows announces nothing. */
  static List<Announced> of(List<Quotable> units) {
    List<Announced> all = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      if (units.get(i).kind().leads()) {
        List<Quotable> members = members(units, i);
        if (!members.isEmpty()) {
          all.add(new Announced(units.get(i), members));
        }
      }
    }
    return all;
  }

  /** Whether a list or a table follows. */
  boolean isList() {
    return members.getFirst().kind() == UnitKind.MEMBER;
  }

  /** What is quoted: an announcement reads on into its list, a question or a heading does not. */
  List<Quotable> quoted() {
    if (lead.kind() != UnitKind.ANNOUNCEMENT) {
      return members;
    }
    List<Quotable> quoted = new ArrayList<>(members);
    quoted.addFirst(lead);
    return quoted;
  }

  private static List<Quotable> members(List<Quotable> units, int lead) {
    List<Quotable> members = new ArrayList<>();
    int room = room(units.get(lead));
    boolean listed = lead + 1 < units.size() && units.get(lead + 1).kind() == UnitKind.MEMBER;
    for (int i = lead + 1; i < units.size(); i++) {
      Quotable unit = units.get(i);
      if (unit.isMailHead()) {
        continue;
      }
      room -= unit.text().length();
      boolean over = listed ? !continuesList(unit, units.get(i - 1)) : room < 0;
      if (endsBefore(unit, units.get(lead)) || (over && !members.isEmpty())) {
        break;
      }
      members.add(unit);
    }
    return members;
  }

  private static int room(Quotable lead) {
    boolean chinese = Language.of(lead.source().text()) == Language.CHINESE;
    return chinese ? LONGEST_CHINESE : LONGEST;
  }

  /** An item may have several sentences. */
  private static boolean continuesList(Quotable unit, Quotable previous) {
    String between = unit.source().text().substring(previous.span().end(), unit.span().start());
    return unit.kind() == UnitKind.MEMBER || between.indexOf('\n') < 0;
  }

  /** What an announcement stands before knows so by its section. */
  private static boolean endsBefore(Quotable unit, Quotable lead) {
    return lead.kind() == UnitKind.ANNOUNCEMENT
        ? unit.kind().leads() || !unit.section().containsAll(lead.terms())
        : unit.kind() == UnitKind.HEADING || unit.kind() == UnitKind.QUESTION;
  }
}
