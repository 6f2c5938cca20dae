package dev.zhiku.ingest.outcome;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The reason why a file is not indexed, with the value that belongs to it.
 *
 * @param value a limit with its unit, or what a system said; empty where the code says all
 */
public record Reason(ReasonCode code, String value) {
  private static final String BUNDLE = "dev.zhiku.ingest.outcome.reasons";
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  /** A reason whose code says all. */
  public static Reason of(ReasonCode code) {
    return new Reason(code, "");
  }

  /** The event in words, in Chinese for a Chinese locale and in English for any other. */
  public String text(Locale locale) {
    return format(locale, code.wireName());
  }

  /** The remedy: something that a person can do about it. */
  public String remedy(Locale locale) {
    return format(locale, code.wireName() + ".remedy");
  }

  private String format(Locale locale, String key) {
    ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, locale, NO_FALLBACK);
    return new MessageFormat(bundle.getString(key), Locale.ROOT).format(new Object[] {value});
  }
}
