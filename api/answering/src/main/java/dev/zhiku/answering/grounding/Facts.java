package dev.zhiku.answering.grounding;

import dev.zhiku.answering.contradiction.ChineseNumber;
import dev.zhiku.answering.contradiction.EnglishNumber;
import dev.zhiku.answering.contradiction.PlainFigures;
import dev.zhiku.index.words.SearchText;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a statement can be looked up letter by letter: its numbers and dates, names, and quoted
 * phrases. Finds them by form, in Chinese and English; a name in lower case or a Chinese name that
 * nothing announces is not seen. Pure.
 */
final class Facts {
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,:/-]\\d+)*");

  /** A number with the currency behind it. */
  private static final Pattern AMOUNT = Pattern.compile(NUMBER + "(?:\\s?(?:元|yuan\\b))?");

  private static final Pattern CHINESE_NUMBER =
      Pattern.compile(
          "(?<![第零〇一二两三四五六七八九十百千万亿])(?:[零〇一二两三四五六七八九十百千万亿]{2,}"
              + "|[二两三四五六七八九十](?=[天年月日号个次人元倍周条章小分时点把楼层级份件名位种项季页瓶台辆张岁]))");

  /** The place in a row; as a fact {@code 第三}, and the same as {@code 第 3}. */
  private static final Pattern PLACE = Pattern.compile("第\\s?(?:(\\d+)|([零〇一二两三四五六七八九十百千万亿]+))");

  /** In what is looked up in; a day of the week and the number of an item are none. */
  private static final Pattern ANY_CHINESE_NUMBER =
      Pattern.compile("(?<![周期拜第])[零〇一二两三四五六七八九十百千万亿]+(?![、.])");

  private static final Pattern DAY = Pattern.compile("(?:周|星期|礼拜)([一二三四五六日天])");

  /** One is an article as often as a number. */
  private static final Pattern NUMBER_WORD =
      Pattern.compile("(?i)\\b(?:" + EnglishNumber.anyOf(2, 20) + ")\\b");

  private static final Pattern ANY_NUMBER_WORD =
      Pattern.compile("(?i)\\b(?:" + EnglishNumber.anyOf(0, 20) + ")\\b");

  private static final Pattern ORDINAL_WORD =
      Pattern.compile("(?i)\\b(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\\b");

  private static final Pattern ORDINAL =
      Pattern.compile("(?m)^\\s*(?:[-*#>]+\\s*)?\\d{1,3}[.)、）]\\s");
  private static final Pattern QUOTED =
      Pattern.compile("“([^”]{2,80})”|\"([^\"]{2,80})\"|「([^」]{2,80})」|《([^》]{2,80})》");

  /** Capitalised words that do not begin the sentence, and letters with digits in them. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?<![.!?。！？:：]\\s{0,3})(?<=[\\p{L}\\d,，;；(（\"“'’] ?)\\b(?:(?:Dr|Mr|Mrs|Ms|Prof)\\.?"
              + " )?(\\p{Lu}[\\p{L}'’-]+(?:"
              + " \\p{Lu}[\\p{L}'’-]+)*)|\\b(\\p{Lu}[\\p{Lu}\\d-]*\\d[\\p{Lu}\\d-]*)\\b");

  /** The ending of more than one (Tuesdays), of words long enough to be known without it. */
  private static final Pattern PLURAL = Pattern.compile("(?<=^\\p{Lu}\\p{Ll}{3,40})s$");

  private static final String SURNAMES =
      "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷龙史陶贺顾毛郝龚邵万钱严武戚莫孔向汤";
  private static final Pattern CHINESE_NAME =
      Pattern.compile(
          "(?:由|请|找|联系|联系人[是为：:]?|负责人[是为：:]?|经理|主任|院长|总监|律师|医生)(["
              + SURNAMES
              + "]\\p{IsHan}{1,2}?)(?=负责|担任|批准|签|审|联系|主持|先生|女士|[，。；、）)\\s]|$)"
              + "|(["
              + SURNAMES
              + "]\\p{IsHan}{1,2})(?=先生|女士|医生|主任|经理|律师|教授|院长|总监|工程师)");

  private Facts() {}

  /** The facts of a statement, in order, with its figures in the one writing. */
  static Set<String> of(String statement) {
    String text = PlainFigures.of(ORDINAL.matcher(statement).replaceAll(" "));
    Set<String> facts = new LinkedHashSet<>();
    for (Pattern form :
        new Pattern[] {QUOTED, NUMBER, NUMBER_WORD, ORDINAL_WORD, NAME, CHINESE_NAME}) {
      form.matcher(text).results().map(Facts::found).forEach(facts::add);
    }
    String normal = SearchText.normalize(text);
    CHINESE_NUMBER.matcher(normal).results().map(MatchResult::group).forEach(facts::add);
    PLACE.matcher(normal).results().map(MatchResult::group).forEach(facts::add);
    DAY.matcher(normal).results().map(MatchResult::group).forEach(facts::add);
    return facts;
  }

  /** The statement with its numbers and amounts of money taken out. */
  static String withoutNumbers(String statement) {
    return AMOUNT.matcher(CHINESE_NUMBER.matcher(statement).replaceAll(" ")).replaceAll(" ");
  }

  private static String place(MatchResult place) {
    return "place "
        + (place.group(1) == null ? ChineseNumber.digits(place.group(2)) : place.group(1));
  }

  private static String found(MatchResult match) {
    for (int group = 1; group <= match.groupCount(); group++) {
      if (match.group(group) != null) {
        return match.group(group);
      }
    }
    return match.group();
  }

  /** A text to look facts up in. */
  static final class Ground {
    private final String letters;
    private final Set<String> numbers = new LinkedHashSet<>();

    Ground(String text) {
      String plain = PlainFigures.of(text);
      this.letters = letters(text) + "\n" + letters(plain);
      String normal = SearchText.normalize(plain);
      NUMBER.matcher(normal).results().map(match -> plain(match.group())).forEach(numbers::add);
      ANY_NUMBER_WORD
          .matcher(normal)
          .results()
          .map(match -> EnglishNumber.digits(match.group()))
          .forEach(numbers::add);
      DAY.matcher(normal).results().map(match -> day(match.group(1))).forEach(numbers::add);
      PLACE.matcher(normal).results().map(Facts::place).forEach(numbers::add);
      ANY_CHINESE_NUMBER
          .matcher(normal)
          .results()
          .map(match -> ChineseNumber.digits(match.group()))
          .forEach(numbers::add);
    }

    /** Whether the fact stands in the text: a number as a number, anything else by its letters. */
    boolean holds(String fact) {
      String normal = SearchText.normalize(fact);
      if (NUMBER.matcher(normal).matches()) {
        return numbers.contains(plain(normal));
      }
      if (EnglishNumber.isWord(normal)) {
        return numbers.contains(EnglishNumber.digits(normal));
      }
      Matcher place = PLACE.matcher(normal);
      if (place.matches()) {
        return numbers.contains(place(place)) || letters.contains(letters(fact));
      }
      Matcher day = DAY.matcher(normal);
      if (day.matches()) {
        return numbers.contains(day(day.group(1)));
      }
      if (ANY_CHINESE_NUMBER.matcher(normal).matches()) {
        boolean written = normal.length() > 1 && letters.contains(normal);
        return written || numbers.contains(ChineseNumber.digits(normal));
      }
      return letters.contains(letters(PLURAL.matcher(fact).replaceAll("")));
    }

    private static String day(String ideograph) {
      return "day " + ideograph.replace('天', '日');
    }

    /** 1,000 and 1000, 2026-01-02 and 2026/1/2 are the same. */
    private static String plain(String number) {
      String bare =
          number.matches("\\d{1,3}(,\\d{3})+(\\.\\d+)?") ? number.replace(",", "") : number;
      return bare.replace('/', '-').replaceAll("(?<=-)0+(?=\\d)", "");
    }

    private static String letters(String text) {
      StringBuilder kept = new StringBuilder();
      SearchText.normalize(text)
          .codePoints()
          .filter(Character::isLetterOrDigit)
          .forEach(kept::appendCodePoint);
      return kept.toString();
    }
  }
}
