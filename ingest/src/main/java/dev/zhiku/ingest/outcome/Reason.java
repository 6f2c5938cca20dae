package dev.zhiku.ingest.outcome;

import dev.zhiku.index.message.Messages;
import dev.zhiku.index.message.Phrase;
import java.util.Locale;

/**
 * The reason why a file is not indexed, with the value that belongs to it.
 *
 * @param value a limit with its unit, or what a system said; empty where the code says all
 */
public record Reason(ReasonCode code, String value) {
  private static final Messages MESSAGES = new Messages("dev.zhiku.ingest.outcome.reasons");

  /** A reason whose code says all. */
  public static Reason of(ReasonCode code) {
    return new Reason(code, "");
  }

  /** The event in words. */
  public Phrase phrase() {
    return MESSAGES.phrase(code.wireName(), value);
  }

  /** The event in words, in Chinese for a Chinese locale and in English for any other. */
  public String text(Locale locale) {
    return MESSAGES.text(locale, code.wireName(), value);
  }

  /** The remedy: something that a person can do about it. */
  public String remedy(Locale locale) {
    return MESSAGES.text(locale, code.wireName() + ".remedy", value);
  }
}
