package dev.zhiku.answering.masking;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * Numbers of persons in a text, in one piece or in groups with blanks, dashes, dots or brackets
 * between them. A number begins and ends where a group of digits does: a part of a longer row of
 * digits is none.
 */
final class PersonalNumbers {
  /** Longest number with the codes before it. */
  private static final int MOST_DIGITS = 19;

  private static final int MOST_BETWEEN = 4;
  private static final String BETWEEN = " \t\n\r-._()[]*`~/\\";

  /** More digits, gaps included, belong to no number. */
  private static final int LONGEST = 128;

  private static final int HASH_LENGTH = 20;
  private static final int HASH_LETTERS = 3;

  private PersonalNumbers() {}

  /** Digits without anything between them. */
  private record Group(int start, int end) {
    int length() {
      return end - start;
    }
  }

  static void find(PlainText plain, Set<MaskedKind> kinds, BitSet hidden) {
    List<Group> chain = new ArrayList<>();
    for (Group group : groups(plain.text())) {
      if (!chain.isEmpty() && !isGap(plain.text(), chain.getLast().end(), group.start())) {
        search(plain.text(), chain, kinds, hidden);
        chain.clear();
      }
      chain.add(group);
    }
    search(plain.text(), chain, kinds, hidden);
  }

  private static List<Group> groups(String text) {
    List<Group> groups = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && PlainText.isDigit(text.charAt(end))) {
        end++;
      }
      if (end > at && !isOfHash(text, at, end)) {
        groups.add(new Group(at, end));
      }
      at = end + 1;
    }
    return groups;
  }

  /** Whether digits stand in a long row of hexadecimal ones, as in sums of files and in names. */
  private static boolean isOfHash(String text, int start, int end) {
    int from = start;
    while (from > 0 && isHexadecimal(text.charAt(from - 1))) {
      from--;
    }
    int to = end;
    while (to < text.length() && isHexadecimal(text.charAt(to))) {
      to++;
    }
    long letters =
        text.substring(from, to).chars().filter(c -> !PlainText.isDigit((char) c)).count();
    return to - from >= HASH_LENGTH && letters >= HASH_LETTERS;
  }

  private static boolean isHexadecimal(char character) {
    return PlainText.isDigit(character) || (character >= 'a' && character <= 'f');
  }

  private static boolean isGap(String text, int from, int to) {
    return to - from <= MOST_BETWEEN
        && text.substring(from, to).chars().allMatch(c -> BETWEEN.indexOf(c) >= 0);
  }

  private static void search(String text, List<Group> chain, Set<MaskedKind> kinds, BitSet hidden) {
    for (int first = 0; first < chain.size(); first++) {
      StringBuilder digits = new StringBuilder();
      for (int last = first; last < chain.size(); last++) {
        Group added = chain.get(last);
        digits.append(text, added.start(), added.end());
        if (digits.length() > MOST_DIGITS) {
          break;
        }
        Candidate candidate = candidate(text, chain.subList(first, last + 1), digits.toString());
        int end = NumberRules.end(candidate, kinds);
        if (end > 0) {
          hidden.set(chain.get(first).start(), end);
        }
      }
    }
  }

  /**
   * Digits that may be a number.
   *
   * @param text that they are from
   * @param digits all of them
   * @param sizes digits of each group
   * @param gaps what stands between the groups
   */
  record Candidate(
      String text, int start, int end, String digits, List<Integer> sizes, List<String> gaps) {}

  private static Candidate candidate(String text, List<Group> groups, String digits) {
    List<String> gaps = new ArrayList<>();
    for (int i = 1; i < groups.size(); i++) {
      gaps.add(text.substring(groups.get(i - 1).end(), groups.get(i).start()));
    }
    return new Candidate(
        text,
        groups.getFirst().start(),
        groups.getLast().end(),
        digits,
        groups.stream().map(Group::length).toList(),
        gaps);
  }

  /** From where on a text may be the beginning of a number; its length if it is not. */
  static int begun(String text) {
    int start = text.length();
    int between = 0;
    int least = Math.max(0, text.length() - LONGEST);
    for (int at = text.length() - 1; at >= least; at--) {
      char character = text.charAt(at);
      if (PlainText.isLetterOrDigit(character)) {
        boolean goesOn = PlainText.isDigit(character) || isOpenEnd(text, at);
        if (!goesOn) {
          return start;
        }
        start = at;
        between = 0;
      } else if (BETWEEN.indexOf(character) < 0 || ++between > MOST_BETWEEN) {
        return start;
      }
    }
    return start;
  }

  /** Whether only letters follow: what they are of is not known yet. */
  private static boolean isOpenEnd(String text, int at) {
    return text.substring(at).chars().allMatch(c -> PlainText.isLetterOrDigit((char) c));
  }
}
