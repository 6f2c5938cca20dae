package dev.zhiku.ingest.extract.reviewed;

import java.util.Map;

/** Numbers of a slide's lines, such as {@code 1.}, {@code (b)} and {@code ③}. */
public final class LineNumber {
  private static final Map<String, String> FORMATS =
      Map.of(
          "alphaLc", "lowerLetter",
          "alphaUc", "upperLetter",
          "romanLc", "lowerRoman",
          "romanUc", "upperRoman",
          "ea1Chs", "chineseCounting",
          "ea1Cht", "chineseCounting",
          "ea1Jpn", "japaneseCounting",
          "circleNum", "decimalEnclosedCircle");

  private LineNumber() {}

  /**
   * @param type as slide shows name it; unknown ones are digits
   */
  public static String of(int number, String type) {
    String format =
        FORMATS.entrySet().stream()
            .filter(f -> type.startsWith(f.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("decimal");
    String text = NumberText.of(number, format);
    if (type.endsWith("ParenBoth")) {
      return "(" + text + ")";
    }
    if (type.endsWith("ParenR")) {
      return text + ")";
    }
    return type.endsWith("Period") ? text + "." : text;
  }
}
