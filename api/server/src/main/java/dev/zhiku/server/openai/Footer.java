package dev.zhiku.server.openai;

import dev.zhiku.answering.answer.Answer;
import dev.zhiku.answering.answer.Warning;
import dev.zhiku.answering.grounding.Citation;
import dev.zhiku.answering.markdown.SafeMarkdown;
import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.index.message.Messages;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.documents.OriginalUrl;
import dev.zhiku.server.http.ServerText;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What stands under an answer for clients that show nothing but its text: the cited places and what
 * is to be known beside it, as Markdown, in the language of the question. Pure.
 */
public final class Footer {
  private static final String RULE = "\n\n---\n";
  private static final Phrase HEADING = ServerText.of("footer.sources");
  private static final Pattern MARKUP = Pattern.compile("([\\\\`*_<>~&])");
  private static final Pattern LINE_ENDS = Pattern.compile("\\s+");

  /** Brackets in pairs, none in another and no link or note behind them, which show as they are. */
  private static final Pattern PLAIN_BRACKETS =
      Pattern.compile("[^\\[\\]]*+(?:(?<!!)\\[[^\\[\\]^]++\\](?![(\\[:])[^\\[\\]]*+)*+");

  private Footer() {}

  /**
   * Empty if nothing is cited and nothing to be known.
   *
   * @param base address of this service as the client sees it, without a slash at its end
   */
  static String of(Answer answer, String base) {
    List<String> lines = new ArrayList<>();
    if (!answer.citations().isEmpty()) {
      lines.add(HEADING.in(Language.localeOf(answer.question().text())));
      lines.addAll(sources(answer.citations(), base));
    }
    for (Warning warning : answer.warnings()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add("> " + plain(warning.in(answer.question().locale())));
    }
    return lines.isEmpty() ? "" : RULE + String.join("\n", lines);
  }

  /** What an answer says without what stands under it. */
  public static String without(String answer) {
    int at = answer.lastIndexOf(RULE);
    if (at < 0) {
      return answer;
    }
    String under = answer.substring(at + RULE.length());
    boolean ours =
        Messages.LANGUAGES.stream().map(HEADING::in).anyMatch(under::startsWith)
            || under.startsWith("> ");
    return ours ? answer.substring(0, at) : answer;
  }

  /** A line for each number, however many statements cite it. */
  private static List<String> sources(List<Citation> citations, String base) {
    TreeMap<Integer, Citation> numbered = new TreeMap<>();
    citations.forEach(citation -> numbered.putIfAbsent(citation.number(), citation));
    return numbered.values().stream().map(citation -> source(citation, base)).toList();
  }

  private static String source(Citation citation, String base) {
    DocumentMeta document = citation.found().document();
    Location location = citation.place();
    StringBuilder place = new StringBuilder(document.path());
    location.entry().ifPresent(entry -> place.append(" › ").append(entry));
    String inside = CitationLocation.text(document.name(), location);
    if (!inside.isEmpty()) {
      place.append(", ").append(inside);
    }
    return "- ["
        + citation.number()
        + "] ["
        + plain(place.toString())
        + "]("
        + base
        + OriginalUrl.of(document, location)
        + ")";
  }

  /**
   * On one line, nothing of it markup and every character showing: names of files are not ours.
   * Brackets are not escaped by backslashes, for some clients take those for a formula.
   */
  private static String plain(String text) {
    String line = LINE_ENDS.matcher(SafeMarkdown.visible(text)).replaceAll(" ");
    String escaped = MARKUP.matcher(line).replaceAll("\\\\$1");
    return PLAIN_BRACKETS.matcher(line).matches()
        ? escaped
        : escaped.replace("[", "&#91;").replace("]", "&#93;");
  }
}
