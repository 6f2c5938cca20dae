package dev.zhiku.answering.context;

import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.Passage.PassageId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * The passages of a prompt in their order, and which of those found are not in it. Neighbours of
 * one document stand together in its order; the best comes first and the second best last, next to
 * the question, for models read the middle least. What the conversation's prompt before began with
 * stays in front, so that a model that keeps what it has read need not read it again.
 *
 * @param passages in the order of the prompt
 * @param repeated numbers of those that a better one says as well
 * @param withoutRoom numbers of those that do not fit
 */
public record PassageLayout(
    List<Placed> passages, List<Integer> repeated, List<Integer> withoutRoom) {
  /** Of a prompt without passages. */
  public static final PassageLayout NONE = new PassageLayout(List.of(), List.of(), List.of());

  public PassageLayout {
    passages = List.copyOf(passages);
    repeated = List.copyOf(repeated);
    withoutRoom = List.copyOf(withoutRoom);
  }

  /**
   * @param found best first
   * @param before passages of the conversation's prompt before, in its order
   * @param room tokens for all of them
   * @param tokens of one of them
   */
  public static PassageLayout of(
      List<ScoredPassage> found, List<PassageId> before, int room, ToIntFunction<Placed> tokens) {
    PassageChoice choice = PassageChoice.of(found, room, tokens);
    return new PassageLayout(
        joined(ordered(choice.chosen(), before)), choice.repeated(), choice.withoutRoom());
  }

  /** Their ids, for the prompt after. */
  public List<PassageId> ids() {
    return passages.stream().map(passage -> passage.found().passage().id()).toList();
  }

  private static List<Placed> ordered(List<Placed> chosen, List<PassageId> before) {
    Set<Placed> order = new LinkedHashSet<>();
    for (PassageId id : before) {
      List<Placed> same =
          chosen.stream().filter(passage -> passage.found().passage().id().equals(id)).toList();
      if (same.isEmpty()) {
        break;
      }
      order.addAll(same);
    }
    List<List<Placed>> groups =
        groups(chosen.stream().filter(passage -> !order.contains(passage)).toList());
    bestAtTheEnds(groups, order.isEmpty()).forEach(order::addAll);
    return List.copyOf(order);
  }

  /** Neighbours together, the group with the best passage first. */
  private static List<List<Placed>> groups(List<Placed> passages) {
    List<List<Placed>> groups = new ArrayList<>();
    List<Placed> inDocuments =
        passages.stream().sorted(Comparator.comparing(p -> p.found().passage().id())).toList();
    for (Placed passage : inDocuments) {
      if (groups.isEmpty() || !groups.getLast().getLast().isBefore(passage)) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(passage);
    }
    groups.sort(Comparator.comparingInt(g -> g.stream().mapToInt(Placed::number).min().orElse(0)));
    return groups;
  }

  /**
   * @param free whether the front is free; else the best goes to the end
   */
  private static List<List<Placed>> bestAtTheEnds(List<List<Placed>> groups, boolean free) {
    int last = free ? 1 : 0;
    if (groups.size() <= last + 1) {
      return groups;
    }
    List<List<Placed>> order = new ArrayList<>(groups);
    order.add(order.remove(last));
    return order;
  }

  private static List<Placed> joined(List<Placed> order) {
    List<Placed> joined = new ArrayList<>();
    for (Placed passage : order) {
      boolean goesOn = !joined.isEmpty() && joined.getLast().isBefore(passage);
      joined.add(goesOn ? passage.behind(joined.getLast()) : passage);
    }
    return joined;
  }
}
