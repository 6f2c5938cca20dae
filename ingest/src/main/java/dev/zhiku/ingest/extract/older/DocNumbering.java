package dev.zhiku.ingest.extract.older;

import dev.zhiku.ingest.extract.reviewed.NumberText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.poi.hwpf.usermodel.HWPFList;
import org.apache.poi.hwpf.usermodel.Paragraph;

/** The numbers and bullets that Word shows before paragraphs, counted from the first on. */
final class DocNumbering {
  static final String BULLET = "•";

  private static final int LEVELS = 9;
  private static final int BULLETS = 23;
  private static final int NONE = 255;
  private static final int NOTHING_FOLLOWS = 2;
  private static final int NO_LIST = 2_047;

  /** Formats by their number, as newer documents name them; others are digits. */
  private static final Map<Integer, String> FORMATS =
      Map.ofEntries(
          Map.entry(1, "upperRoman"),
          Map.entry(2, "lowerRoman"),
          Map.entry(3, "upperLetter"),
          Map.entry(4, "lowerLetter"),
          Map.entry(5, "ordinal"),
          Map.entry(10, "ideographDigital"),
          Map.entry(11, "japaneseCounting"),
          Map.entry(14, "decimalFullWidth"),
          Map.entry(17, "japaneseDigitalTenThousand"),
          Map.entry(18, "decimalEnclosedCircle"),
          Map.entry(19, "decimalFullWidth2"),
          Map.entry(22, "decimalZero"),
          Map.entry(27, "decimalEnclosedParen"),
          Map.entry(28, "decimalEnclosedCircleChinese"),
          Map.entry(29, "ideographEnclosedCircle"),
          Map.entry(30, "ideographTraditional"),
          Map.entry(31, "ideographZodiac"),
          Map.entry(33, "taiwaneseCounting"),
          Map.entry(34, "ideographLegalTraditional"),
          Map.entry(35, "taiwaneseCountingThousand"),
          Map.entry(36, "taiwaneseDigital"),
          Map.entry(37, "chineseCounting"),
          Map.entry(38, "chineseLegalSimplified"),
          Map.entry(39, "chineseCountingThousand"),
          Map.entry(NONE, "none"));

  private final Map<Integer, Map<Integer, Integer>> counts = new HashMap<>();
  private final Set<String> restarted = new HashSet<>();

  /** What stands before that paragraph, with a blank behind it; empty if nothing does. */
  String before(Paragraph paragraph) {
    int list = paragraph.getIlfo();
    int level = paragraph.getIlvl();
    if (list <= 0 || list >= NO_LIST || level < 0 || level >= LEVELS) {
      return "";
    }
    try {
      return next(paragraph.getList(), list, level);
    } catch (NoSuchElementException | IllegalStateException | IndexOutOfBoundsException unknown) {
      return "";
    }
  }

  private String next(HWPFList list, int number, int level) {
    char shown = (char) level;
    Map<Integer, Integer> count = counts.computeIfAbsent(list.getLsid(), l -> new HashMap<>());
    boolean begins = list.isStartAtOverridden(shown) && restarted.add(number + " " + level);
    if (begins) {
      count.put(level, list.getStartAt(shown));
    } else {
      count.merge(level, list.getStartAt(shown), (before, start) -> before + 1);
    }
    for (int deeper = level + 1; deeper < LEVELS; deeper++) {
      count.remove(deeper);
    }
    String text = list.getNumberText(shown);
    if (list.getNumberFormat(shown) == BULLETS) {
      return text == null || text.isEmpty() ? "" : BULLET + " ";
    }
    String all = text == null ? "" : text(list, level, text, count);
    boolean joined = list.getTypeOfCharFollowingTheNumber(shown) == NOTHING_FOLLOWS;
    return all.isBlank() || joined ? all : all + " ";
  }

  /** The text of a level holds the numbers of levels as characters below nine. */
  private static String text(HWPFList list, int level, String text, Map<Integer, Integer> count) {
    boolean digits = list.getListData().getLevels()[level].isLegalNumbering();
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < LEVELS) {
        int value = count.getOrDefault((int) c, list.getStartAt(c));
        String format = FORMATS.getOrDefault(list.getNumberFormat(c), "decimal");
        shown.append(NumberText.of(value, digits ? "decimal" : format));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }
}
