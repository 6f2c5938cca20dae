package dev.zhiku.server.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which of the two languages a client reads. */
public final class AcceptedLanguage {
  /** Longest header considered, in characters; of a longer one the rest is ignored. */
  private static final int MAX_CHARS = 256;

  private AcceptedLanguage() {}

  /**
   * {@link Locale#CHINESE} or {@link Locale#ENGLISH}: whichever {@code Accept-Language} ranks
   * higher, English without a preference. Nothing is remembered between requests, so many different
   * headers cost no memory.
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
        .map(Range::language)
        .filter(language -> language.equals("zh") || language.equals("en"))
        .findFirst()
        .map(Locale::of)
        .orElse(Locale.ENGLISH);
  }

  private static Range parse(String part) {
    String[] pieces = part.strip().split(";", 2);
    String language = pieces[0].strip().split("-", 2)[0].toLowerCase(Locale.ROOT);
    return new Range(language, pieces.length == 1 ? 1 : quality(pieces[1].strip()));
  }

  private static double quality(String parameter) {
    return parameter.matches("[qQ]=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")
        ? Double.parseDouble(parameter.substring(2))
        : 0;
  }

  private record Range(String language, double quality) {}
}
