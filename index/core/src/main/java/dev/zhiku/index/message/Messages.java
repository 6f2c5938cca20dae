package dev.zhiku.index.message;

import com.ibm.icu.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one bundle: {@code NAME.properties} in English, {@code NAME_zh.properties} in
 * simplified and {@code NAME_zh_Hant.properties} in traditional Chinese, all UTF-8. A pattern is
 * one of ICU's: {@code {0}} is the first value, an apostrophe stands for itself but beside a brace,
 * where a pair of them quotes the brace, and a place may choose by number with ICU's plural. A
 * number is shown in digits alone unless the pattern says how. Thread-safe.
 */
public final class Messages {
  /** Chinese in traditional characters. */
  public static final Locale TRADITIONAL_CHINESE = Locale.forLanguageTag("zh-Hant");

  /** The languages of each bundle, the one that stands for all others first. */
  public static final List<Locale> LANGUAGES =
      List.of(Locale.ENGLISH, Locale.CHINESE, TRADITIONAL_CHINESE);

  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
  private static final Pattern SAYS_HOW = Pattern.compile("\\{\\s*(\\d+)\\s*,");
  private static final Messages OWN = new Messages("dev.zhiku.index.message.messages");

  private final String bundle;

  /**
   * @param bundle name of the bundle, of its package first
   */
  public Messages(String bundle) {
    this.bundle = bundle;
  }

  /**
   * The message in each language.
   *
   * @param values for the places of the pattern: a {@link Phrase} is put in the language of the
   *     message, a list with what separates its elements there, all else as it is
   */
  public Phrase phrase(String key, @Nullable Object... values) {
    return new Phrase(
        text(Locale.ENGLISH, key, values),
        text(Locale.CHINESE, key, values),
        text(TRADITIONAL_CHINESE, key, values));
  }

  /** The message in the language nearest to this locale, English if there is none. */
  public String text(Locale locale, String key, @Nullable Object... values) {
    String pattern = ResourceBundle.getBundle(bundle, locale, NO_FALLBACK).getString(key);
    Object[] shown = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      boolean asNumber = values[i] instanceof Number && saysHow(pattern, i);
      shown[i] = asNumber ? values[i] : shown(values[i], locale);
    }
    return new MessageFormat(pattern, locale).format(shown);
  }

  private static boolean saysHow(String pattern, int place) {
    Matcher places = SAYS_HOW.matcher(pattern);
    return places.results().anyMatch(found -> found.group(1).equals(Integer.toString(place)));
  }

  private static String shown(@Nullable Object value, Locale locale) {
    return switch (value) {
      case null -> "null";
      case Phrase phrase -> phrase.in(locale);
      case List<?> list ->
          list.stream()
              .map(element -> shown(element, locale))
              .collect(Collectors.joining(OWN.text(locale, "list.separator")));
      default -> value.toString();
    };
  }
}
