package dev.zhiku.answering.lexicon;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reader of lexicon lines: words that mean the same with {@code =} between them, or one word of the
 * dictionary. A line that cannot be used is named and left out; the others count. Pure.
 */
final class LexiconLines {
  /** Most lines that are read. */
  static final int MOST_LINES = 10_000;

  /** Most words of one line. */
  static final int MOST_WORDS = 20;

  /** Longest word, in characters. */
  static final int LONGEST_WORD = 64;

  private LexiconLines() {}

  /** What was wrong with a line. */
  enum Fault {
    EMPTY_WORD("words.empty-word"),
    TOO_LONG("words.too-long"),
    TOO_MANY_WORDS("words.too-many-words"),
    SAME_WORD("words.same-word"),
    TOO_SHORT("words.too-short"),
    TOO_MANY_LINES("words.too-many-lines");

    private final String key;

    Fault(String key) {
      this.key = key;
    }

    /** The key of its sentence. */
    String key() {
      return key;
    }
  }

  /**
   * A line that is left out.
   *
   * @param number from 1
   */
  record BadLine(int number, Fault fault) {}

  record Read(Lexicon lexicon, List<BadLine> bad) {
    Read {
      bad = List.copyOf(bad);
    }
  }

  static Read read(List<String> lines) {
    List<List<LexiconWord>> groups = new ArrayList<>();
    Set<String> dictionary = new HashSet<>();
    List<BadLine> bad = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = withoutRemark(lines.get(i));
      if (line.isEmpty()) {
        continue;
      }
      if (i >= MOST_LINES) {
        bad.add(new BadLine(i + 1, Fault.TOO_MANY_LINES));
        break;
      }
      List<String> words = List.of(line.split("[=＝]", -1));
      List<LexiconWord> group = words.stream().map(LexiconWord::of).toList();
      Fault fault = fault(group);
      if (fault != null) {
        bad.add(new BadLine(i + 1, fault));
      } else if (group.size() == 1) {
        dictionary.add(group.getFirst().text());
      } else {
        groups.add(group);
      }
    }
    return new Read(Lexicon.of(groups, dictionary), bad);
  }

  private static String withoutRemark(String line) {
    String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
    int remark = text.indexOf('#');
    boolean begins = remark == 0 || (remark > 0 && Character.isWhitespace(text.charAt(remark - 1)));
    return (begins ? text.substring(0, remark) : text).strip();
  }

  private static @Nullable Fault fault(List<LexiconWord> group) {
    if (group.size() > MOST_WORDS) {
      return Fault.TOO_MANY_WORDS;
    }
    Set<String> seen = new HashSet<>();
    for (LexiconWord word : group) {
      int length = word.text().codePointCount(0, word.text().length());
      if (word.terms().isEmpty()) {
        return Fault.EMPTY_WORD;
      }
      if (length > LONGEST_WORD) {
        return Fault.TOO_LONG;
      }
      if (length < 2) {
        return Fault.TOO_SHORT;
      }
      if (!seen.add(word.text())) {
        return Fault.SAME_WORD;
      }
    }
    return null;
  }
}
