package dev.zhiku.generators.extractive;

import dev.zhiku.index.words.SearchText;
import java.util.regex.Pattern;

/** What kind of thing a question asks for, and how a sentence that has one looks. */
enum AnswerCue {
  TIME(
      "\\bwhen\\b|\\b(which|what) (year|date|day|month|time|century|decade)\\b"
          + "|\\bhow long\\b|何时|什么时候|什么时间|哪一?年|哪一?天|哪个月|何年|几月|几号|几点|多久|多长时间|年份|日期",
      "\\b\\d{3,4}\\b|\\b\\d{1,2}(st|nd|rd|th)\\b|\\d+\\s*(年|月|日|号|点|世纪|小时|分钟|天|周|days?|weeks?|months?|years?|hours?|minutes?)"
          + "|[一二三四五六七八九十]+(年|月|日|世纪|天|周)|\\b(january|february|march|april|may|june|july|august|september|october|november|december)\\b"
          + "|\\b(century|decade|year|month|week|day|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\\b"),
  NUMBER(
      "\\bhow"
          + " (many|much|high|tall|big|large|far|old|often|fast|deep|wide|heavy|hot|cold)\\b|\\bwhat"
          + " (percentage|percent|number|amount|size|distance|price|rate|temperature|population|fee|share)\\b"
          + "|多少|几(?!乎)|多大|多高|多远|多重|多宽|多深|百分之|比例|数量|金额|价格|费用|温度|比率",
      "\\d|[零一二三四五六七八九十百千万亿两]+(个|名|次|种|人|座|部|条|项|位|所|元|倍|米|公里|岁|套|届|层|章|集|首|张|台|支|家|艘|架|只|天|年|月|场|岛|省|县|区|村|世)"
          + "|\\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|million|billion|half|third|quarter|dozen|twice)\\b"),
  PERSON("\\bwho\\b|\\bwhose\\b|\\bwhom\\b|谁|何人|哪位|哪个人|什么人", ""),
  PLACE(
      "\\bwhere\\b|\\bwhat"
          + " (country|city|state|place|region|continent)\\b|哪里|哪儿|何处|何地|什么地方|哪个(国家|城市|省|县|地区)",
      "\\b(in|at|near|from|north|south|east|west)\\b|位于|在|于|[省市县区州国镇乡村岛]"),
  REASON(
      "\\bwhy\\b|为什么|为何|什么原因",
      "\\b(because|due to|since|so that|in order to|reason|therefore|as a"
          + " result|cause[sd]?)\\b|因为|由于|因此|所以|为了|原因|导致|因");

  private final Pattern asks;
  private final Pattern answers;

  AnswerCue(String asks, String answers) {
    this.asks = Pattern.compile(asks);
    this.answers = Pattern.compile(answers);
  }

  /** Whether the question asks for it. */
  boolean isAskedBy(String question) {
    return asks.matcher(SearchText.normalize(question)).find();
  }

  /** Whether the sentence has one. */
  boolean isIn(String sentence) {
    return this == PERSON
        ? hasName(sentence)
        : answers.matcher(SearchText.normalize(sentence)).find();
  }

  private static final Pattern NAME =
      Pattern.compile(
          "(?<=[a-z,;] )\\p{Lu}\\p{L}+|[·•]|[\\p{IsHan}]{2,4}(?=(先生|女士|教授|博士|经理|主任|总|等人))|《");

  /** A capital letter inside a sentence; Chinese names show no such sign. */
  private static boolean hasName(String sentence) {
    return NAME.matcher(sentence).find();
  }
}
