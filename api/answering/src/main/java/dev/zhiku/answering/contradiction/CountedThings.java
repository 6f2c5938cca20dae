package dev.zhiku.answering.contradiction;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers of a normalised text with the units or measure words behind them: 14 MB are not 14
 * days, three persons (三个人) not the third edition (第 3 版). Measure words that are used for the same
 * count as one.
 */
final class CountedThings {
  private static final String DIGITS = "零一二三四五六七八九十";

  /** Measure words, and what stands for them; in each line those that are exchanged freely. */
  private static final List<String> SAME =
      List.of(
          "个人名位", "天日号", "周星", "时点", "元块", "册本", "次回", "楼层", "台辆部架", "条章款项", "份张件", "岁", "月", "年",
          "版", "季", "页", "瓶", "把", "倍", "级", "种", "度", "克", "斤", "吨", "升", "米", "秒", "分", "袋", "只");

  /** Measure words and the unit in letters that says the same. */
  private static final Map<String, String> IN_LETTERS =
      Map.of(
          "天日号", "day", "周星", "week", "月", "month", "年", "year", "时点", "hour", "分", "minute", "元块",
          "yuan", "页", "page");

  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\d.,:：/-])(?<number>\\d+|[一二两三四五六七八九十])(?![\\d百千万亿十])");

  private static final Pattern UNIT =
      Pattern.compile("\\s?(?:个\\s?(?=[人月年周星时小季级分]))?小?(?<unit>\\p{IsHan})");

  /** Units in letters, without the ending of more than one. */
  private static final List<String> UNITS =
      List.of(
          "kb",
          "mb",
          "gb",
          "tb",
          "minute",
          "hour",
          "day",
          "week",
          "month",
          "year",
          "euro",
          "pound",
          "dollar",
          "yuan",
          "kilometre",
          "metre",
          "litre",
          "degree",
          "percent",
          "%",
          "mm",
          "cm",
          "km",
          "kg",
          "ml",
          "rpm",
          "page");

  private static final Pattern UNIT_WORD =
      Pattern.compile(
          "[\\s-]?(?:working |business |calendar )?(?<unit>"
              + String.join("|", UNITS)
              + ")s?(?![\\p{L}])");

  /** Any other word that is counted, without the ending of more than one; none that only joins. */
  private static final Pattern THING =
      Pattern.compile(
          "[\\s-]?(?!(?:for|per|and|each|the|from|with|are|was|has|plus|than|until|till|after|before"
              + "|every|when|which|but|into|only|will|must|may|can)\\b)"
              + "(?<thing>[a-z]{3,20}?)s?(?![\\p{L}])");

  private static final Map<Character, String> GROUPS = groups();

  /** Nothing that counts stands behind it. */
  private static final String BARE = "";

  /** Before a word that is no unit. */
  private static final String THING_MARK = "thing ";

  private static final String PERCENT = "%";

  /** In a head or a name, for figures that have none of their own. */
  private static final Pattern LONE_PERCENT = Pattern.compile("(?<![\\d\\s])\\s?%");

  private final Map<String, Set<String>> units = new HashMap<>();
  private boolean percentMayBeMeant;

  private CountedThings() {}

  private static Map<Character, String> groups() {
    Map<Character, String> groups = new HashMap<>();
    for (String same : SAME) {
      String group = IN_LETTERS.getOrDefault(same, same);
      same.chars().forEach(unit -> groups.put((char) unit, group));
    }
    return Map.copyOf(groups);
  }

  static CountedThings of(String text) {
    CountedThings things = new CountedThings();
    things.percentMayBeMeant = LONE_PERCENT.matcher(text).find();
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      String group = group(text, number.end());
      things.units.computeIfAbsent(digits(number.group("number")), n -> new HashSet<>()).add(group);
    }
    return things;
  }

  private static String group(String text, int at) {
    Matcher word = UNIT_WORD.matcher(text).region(at, text.length());
    if (word.lookingAt()) {
      return word.group("unit");
    }
    Matcher thing = THING.matcher(text).region(at, text.length());
    if (thing.lookingAt()) {
      return THING_MARK + thing.group("thing");
    }
    Matcher unit = UNIT.matcher(text).region(at, text.length());
    return unit.lookingAt() ? GROUPS.getOrDefault(unit.group("unit").charAt(0), BARE) : BARE;
  }

  private static String digits(String number) {
    String one = number.replace('两', '二');
    int value = one.length() == 1 ? DIGITS.indexOf(one) : -1;
    return value < 0 ? number : Integer.toString(value);
  }

  /** Whether no number that counts something here counts only other things there. */
  boolean allow(CountedThings said) {
    return said.units.entrySet().stream().allMatch(this::allows);
  }

  private boolean allows(Map.Entry<String, Set<String>> said) {
    Set<String> here = units.getOrDefault(said.getKey(), Set.of(BARE));
    if (units.containsKey(said.getKey()) && said.getValue().contains(PERCENT)) {
      return percentMayBeMeant || here.contains(PERCENT);
    }
    return here.contains(BARE) || said.getValue().stream().allMatch(group -> allows(group, here));
  }

  /** Things have many names: one is missed only where the text counts it, with other numbers. */
  private boolean allows(String group, Set<String> here) {
    boolean thing = group.startsWith(THING_MARK);
    boolean things = here.stream().anyMatch(other -> other.startsWith(THING_MARK));
    boolean known = units.values().stream().anyMatch(counted -> counted.contains(group));
    return group.equals(BARE) || here.contains(group) || (thing ? !known : things);
  }
}
