package dev.zhiku.answering.grounding;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parts of a model's sentence that are about the answer rather than its subject: where it is from
 * ("According to the handbook, …"), that it is short ("In short: …"), how many things follow
 * ("There are two limits: …"), or, of a whole sentence, that an answer follows ("Here is what the
 * guide says."). Found by form, in Chinese and English. Pure.
 */
final class Introductions {
  private static final Pattern ATTRIBUTION =
      Pattern.compile(
          "(?i)^\\s*(?:(?:according to|based on|as per|as (?:stated|described|set out) in) (?:the|your|its|our)"
              + " [^,，.:;]{0,40}?\\b(?:guide|handbook|manual|rules?|polic(?:y|ies)|agreement|contract"
              + "|documents?|passages?|memo|minutes|report|table|list|text|sources?|notes?|checklist"
              + "|file|page|section|information)\\b[^,，.:;]{0,20},"
              + "|(?:short answer|in short|in brief|briefly|to sum up|in summary|the answer is)\\s?[:,])\\s*"
              + "|^\\s*(?:(?:根据|按照|依据|依照|据)[^，,。；;：:]{0,20}"
              + "(?:手册|规定|制度|规程|合同|文件|资料|通知|说明|记录|办法|协议|纪要|指南|段落|内容|材料|規定|規程|資料|說明|記錄|辦法|協議)(?:中?的?规定|所述)?[，,]"
              + "|(?:简单来说|简而言之|总之|总的来说|答案是|答案如下|簡單來說|簡而言之|總之)[，,：:])\\s*");

  private static final Pattern ANNOUNCEMENT =
      Pattern.compile(
          "(?i)^\\s*(?:(?:here (?:is|are) (?:what|the|how|a|an)\\b|let me\\b|you (?:asked|are asking|want to know)\\b"
              + "|your question\\b|i (?:will|can|'ll)\\b|below (?:is|are)\\b).{0,80}"
              + "|(?:您|你)(?:问的是|想知道的是|的问题).{0,30}"
              + "|(?:以下|下面)(?:是|为).{0,30}|关于[^，,。]{1,20}，?.{0,10}(?:有|作了|做了|作出|给出)(?:明确|具体|如下|详细)?的?(?:规定|说明))[.。！!]?\\s*");

  /** A number of things that follow, up to its colon, with words before it. */
  private static final Pattern COUNT =
      Pattern.compile(
          "^(?<before>[^:：,，]{0,60})(?:[二两三四五六七八九十\\d]\\s?(?:个|项|条|种|点|类|個|項|條|種|點|類)[^:：,，]{0,6}[:：]"
              + "|\\b(?:two|three|four|five|six|seven|\\d) [a-z]+(?: [a-z]+)?:)\\s*(?=\\S)");

  private Introductions() {}

  /** The sentence without what it says of its source. */
  static String without(String sentence) {
    String bare = ATTRIBUTION.matcher(sentence).replaceFirst("");
    Matcher count = COUNT.matcher(bare);
    boolean bareCount = count.find() && Facts.of(count.group("before")).isEmpty();
    return bareCount ? bare.substring(count.end()) : bare;
  }

  /** Whether the sentence says nothing but that an answer follows. */
  static boolean isOne(String sentence) {
    return ANNOUNCEMENT.matcher(sentence).matches();
  }
}
