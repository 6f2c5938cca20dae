package dev.zhiku.ingest.extract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a link, shown behind its words where they do not hold it. */
public final class LinkTarget {
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(?:(?:https?|ftps?)://|mailto:|tel:)(?<rest>\\S{1,300}?)/?");
  private static final Pattern BARE = Pattern.compile("(?i)(?:mailto|tel):(?<rest>.*)");

  private LinkTarget() {}

  /**
   * @return the address in brackets; empty for one inside the document or its folder
   */
  public static String shown(String words, String target) {
    String whole = target.strip().replace(" ", "%20");
    Matcher address = ADDRESS.matcher(whole);
    if (!address.matches() || words.isBlank() || words.contains(address.group("rest"))) {
      return "";
    }
    Matcher bare = BARE.matcher(whole);
    String shown = bare.matches() ? bare.group("rest") : whole;
    return CleanText.isWide(words.codePointBefore(words.length()))
        ? "（" + shown + "）"
        : " (" + shown + ")";
  }
}
