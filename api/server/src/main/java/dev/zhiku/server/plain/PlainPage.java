package dev.zhiku.server.plain;

import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.server.documents.OriginalUrl;
import dev.zhiku.server.http.ServerText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The HTML of the page without scripts in one language; whatever it is given is shown as text. */
final class PlainPage {
  /** Longest question typed, in UTF-16 units: as Chinese it just fits into an address. */
  private static final int MAX_TYPED = 800;

  private final Locale locale;

  PlainPage(Locale locale) {
    this.locale = locale;
  }

  /** Nothing asked yet. */
  String form() {
    return page("", "");
  }

  /** Passages, best first; none where nothing was found. */
  String found(String question, List<ScoredPassage> passages) {
    if (passages.isEmpty()) {
      return page(question, "<p class=\"said\">" + text("plain.nothing") + "</p>");
    }
    return page(
        question,
        IntStream.range(0, passages.size())
            .mapToObj(i -> passage(i + 1, passages.get(i)))
            .collect(
                Collectors.joining(
                    "\n", "<h2>" + text("plain.found") + "</h2>\n<ol>\n", "\n</ol>")));
  }

  /** What went wrong and what to do, in words for people. */
  String failure(String question, String words) {
    return page(question, "<p class=\"said\" role=\"alert\">" + escaped(words) + "</p>");
  }

  private static String passage(int number, ScoredPassage found) {
    return "<li id=\"passage-%d\"><a href=\"%s\">%s</a><blockquote>%s</blockquote></li>"
        .formatted(
            number,
            escaped(OriginalUrl.of(found.document(), found.passage().location())),
            escaped(
                found.document().path()
                    + " · "
                    + CitationLocation.text(found.document().name(), found.passage().location())),
            escaped(found.passage().text()));
  }

  private String page(String question, String result) {
    return """
    <!doctype html>
    <html lang="%s">
    <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <title>%s</title>
      <link rel="icon" href="/favicon.svg" type="image/svg+xml">
      <link rel="stylesheet" href="/styles/plain.css">
    </head>
    <body>
      <main>
        <h1>%s</h1>
    %s
    %s
        <p class="hint">%s</p>
      </main>
    </body>
    </html>
    """
        .formatted(
            locale.toLanguageTag(),
            text("plain.title"),
            text("plain.title"),
            fields(question),
            result,
            text("plain.hint"));
  }

  /** The line break after the opening tag of the box is no part of what stands in it. */
  private String fields(String question) {
    return """
    <form method="get" action="/plain">
      <label for="question">%s</label>
      <textarea id="question" name="q" rows="3" maxlength="%d" required>
    %s</textarea>
      <button type="submit">%s</button>
    </form>"""
        .formatted(text("plain.question"), MAX_TYPED, escaped(question), text("plain.ask"));
  }

  private String text(String key) {
    return escaped(ServerText.of(key).in(locale));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
