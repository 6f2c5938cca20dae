package dev.zhiku.server.http;

import dev.zhiku.index.message.Messages;
import dev.zhiku.index.message.Phrase;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The language that a client reads, of those that the service speaks. */
public final class AcceptedLanguage {
  /** Longest header considered, in characters; of a longer one the rest is ignored. */
  private static final int MAX_CHARS = 256;

  private AcceptedLanguage() {}

  /**
   * The one of {@link Messages#LANGUAGES} that {@code Accept-Language} ranks highest, English
   * without a preference. Chinese is in traditional characters where the script says so (zh-Hant)
   * or, without a script, the region (zh-TW, zh-HK, zh-MO). Nothing is remembered between requests,
   * so many different headers cost no memory.
   */
  public static Locale of(HttpRequest<?> request) {
    return of(String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT_LANGUAGE)));
  }

  static Locale of(String header) {
    String considered = header.substring(0, Math.min(header.length(), MAX_CHARS));
    return List.of(considered.split(",")).stream()
        .map(AcceptedLanguage::parse)
        .filter(range -> range.quality() > 0)
        .sorted(Comparator.comparingDouble(Range::quality).reversed())
        .map(Range::spoken)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(Locale.ENGLISH);
  }

  private static Range parse(String part) {
    String[] pieces = part.strip().split(";", 2);
    Locale language = Locale.forLanguageTag(pieces[0].strip());
    return new Range(language, pieces.length == 1 ? 1 : quality(pieces[1].strip()));
  }

  private static double quality(String parameter) {
    return parameter.matches("[qQ]=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")
        ? Double.parseDouble(parameter.substring(2))
        : 0;
  }

  private record Range(Locale language, double quality) {
    /** The language of messages for it; empty if none is in it. */
    Optional<Locale> spoken() {
      return switch (language.getLanguage()) {
        case "en" -> Optional.of(Locale.ENGLISH);
        case "zh" ->
            Optional.of(
                Phrase.isTraditional(language) ? Messages.TRADITIONAL_CHINESE : Locale.CHINESE);
        default -> Optional.empty();
      };
    }
  }
}
