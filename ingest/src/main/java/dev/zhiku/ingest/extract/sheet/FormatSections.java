package dev.zhiku.ingest.extract.sheet;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sections of a number format, of which a value takes one by its sign or by conditions such as
 * {@code [>=1000]}, and the commas behind the digits of a section that show a value in thousands.
 */
final class FormatSections {
  private static final Pattern CONDITION =
      Pattern.compile("\\[(?<relation><=|>=|<>|<|>|=)\\s*(?<limit>-?\\d+(?:\\.\\d+)?)]");
  private static final Pattern PART =
      Pattern.compile("\"[^\"]*\"?|[\\\\!_*].|\\[[^\\]]*]|(?<scale>(?<=[0#?.]),+(?![0#?,]))|.");

  private final List<String> sections = new ArrayList<>();

  FormatSections(String format) {
    String rest = format;
    String section = NumberFormats.firstSection(rest);
    while (section.length() < rest.length()) {
      sections.add(section);
      rest = rest.substring(section.length() + 1);
      section = NumberFormats.firstSection(rest);
    }
    sections.add(section);
  }

  /**
   * A value with the section for it, both as they are without commas that divide and conditions.
   */
  record Scaled(double value, String section) {}

  boolean isScaled() {
    return sections.stream().anyMatch(section -> thousands(section) > 0);
  }

  Scaled of(double value) {
    int chosen = chosen(value);
    String section = sections.get(chosen);
    boolean signInSection =
        value < 0 && chosen == 1 && !CONDITION.matcher(sections.getFirst()).find();
    double shown = signInSection ? Math.abs(value) : value;
    double scaled = BigDecimal.valueOf(shown).movePointLeft(3 * thousands(section)).doubleValue();
    return new Scaled(scaled, CONDITION.matcher(withoutScale(section)).replaceAll(""));
  }

  private int chosen(double value) {
    int last = sections.size() - 1;
    for (int i = 0; i < Math.min(last, 2); i++) {
      Matcher condition = CONDITION.matcher(sections.get(i));
      boolean told = condition.find();
      boolean usual = i == 0 ? value > 0 || (value == 0 && last < 2) : value < 0;
      if (told ? holds(condition, value) : usual) {
        return i;
      }
    }
    return Math.min(last, 2);
  }

  private static boolean holds(Matcher condition, double value) {
    int order = Double.compare(value, Double.parseDouble(condition.group("limit")));
    return switch (condition.group("relation")) {
      case "<" -> order < 0;
      case ">" -> order > 0;
      case "<=" -> order <= 0;
      case ">=" -> order >= 0;
      case "<>" -> order != 0;
      default -> order == 0;
    };
  }

  private static int thousands(String section) {
    int thousands = 0;
    for (Matcher part = PART.matcher(section); part.find(); ) {
      thousands += part.group("scale") == null ? 0 : part.group("scale").length();
    }
    return thousands;
  }

  private static String withoutScale(String section) {
    StringBuilder rest = new StringBuilder();
    for (Matcher part = PART.matcher(section); part.find(); ) {
      rest.append(part.group("scale") == null ? part.group() : "");
    }
    return rest.toString();
  }
}
