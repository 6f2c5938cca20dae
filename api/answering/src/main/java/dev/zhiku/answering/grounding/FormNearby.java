package dev.zhiku.answering.grounding;

import dev.zhiku.answering.question.HeldWords;
import dev.zhiku.answering.search.ScoredPassage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether what a question asks for stands near what it asks about: in a line with as many of its
 * words as another, or below such a line. Pure.
 */
final class FormNearby {
  /** Share of the best line's words that makes another line one about the same. */
  private static final double ABOUT_THE_SAME = 0.5;

  /** Longest line, in characters, that may be a heading. */
  private static final int HEADING = 40;

  private static final String STOPS = "。.!！;；";
  private static final String ANNOUNCES = "?？:：";

  /** Such as 集合点：南门; a chapter may have a colon behind its number. */
  private static final Pattern LABELLED =
      Pattern.compile("(?!第[\\d零一二三四五六七八九十百]+[章节条部篇编])[^:：]{1,16}：\\s*\\S.*");

  private FormNearby() {}

  /** A line with what stands below it, and the share of the question's words that it holds. */
  private record Line(String text, double share) {}

  /** Also where the question asks for nothing that is told by its form. */
  static boolean isHeld(
      String question, List<ScoredPassage> passages, Map<String, Double> weights) {
    Optional<AskedForm> form = AskedForm.of(question);
    if (form.isEmpty()) {
      return true;
    }
    List<Line> lines = new ArrayList<>();
    passages.forEach(passage -> addLines(passage, weights, lines));
    double best = lines.stream().mapToDouble(Line::share).max().orElse(0);
    return lines.stream()
        .filter(line -> line.share() >= ABOUT_THE_SAME * best)
        .anyMatch(line -> form.get().isIn(line.text(), question));
  }

  /**
   * Those of a passage's sentences that hold what a question asks for, or that lead to it; all of
   * them where the question asks for nothing that is told by its form.
   */
  static List<String> holding(String question, ScoredPassage found, List<String> sentences) {
    Optional<AskedForm> form = AskedForm.of(question);
    if (form.isEmpty()) {
      return sentences;
    }
    List<String> lines = lines(found.passage().text());
    return sentences.stream()
        .filter(sentence -> form.get().isIn(withWhatItLeads(lines, sentence), question))
        .toList();
  }

  private static String withWhatItLeads(List<String> lines, String sentence) {
    int line = lines.indexOf(sentence);
    return line < 0 ? sentence : withWhatItLeads(lines, line);
  }

  private static List<String> lines(String text) {
    return QuotableSentences.blocks(text).stream()
        .map(block -> block.in(text))
        .filter(line -> !line.isBlank())
        .toList();
  }

  private static void addLines(ScoredPassage found, Map<String, Double> weights, List<Line> lines) {
    List<String> texts = lines(found.passage().text());
    Set<String> title = Evidence.title(found);
    String opening = texts.isEmpty() || !isHeading(texts.getFirst()) ? "" : texts.getFirst();
    title.addAll(HeldWords.in(opening));
    for (int i = 0; i < texts.size(); i++) {
      double share = Evidence.share(title, texts.get(i), weights);
      String above =
          QuotableSentences.isRow(texts.get(i)) ? opening.replaceAll("\\d", " ") + " " : "";
      lines.add(new Line(above + withWhatItLeads(texts, i), share));
    }
  }

  /** A heading, question or announcement with the line below it and the rest of its list. */
  private static String withWhatItLeads(List<String> lines, int at) {
    if (!leads(lines.get(at).strip())) {
      return lines.get(at);
    }
    int end = Math.min(at + 2, lines.size());
    while (end < lines.size() && QuotableSentences.isMember(lines.get(end))) {
      end++;
    }
    return String.join("\n", lines.subList(at, end));
  }

  private static boolean leads(String line) {
    return ANNOUNCES.indexOf(line.charAt(line.length() - 1)) >= 0 || isHeading(line);
  }

  /**
   * Whether a sentence may answer: it is no heading, or a label with a value in the form that is
   * asked for.
   */
  static boolean mayAnswer(String sentence, String question) {
    return !isHeading(sentence)
        || (LABELLED.matcher(sentence).matches()
            && AskedForm.of(question).map(form -> form.isIn(sentence, question)).orElse(true));
  }

  /** Whether a line may be a heading: short, without a stop, no item of a list. */
  static boolean isHeading(String line) {
    char last = line.charAt(line.length() - 1);
    return line.length() <= HEADING
        && (ANNOUNCES + STOPS).indexOf(last) < 0
        && !QuotableSentences.isMember(line);
  }
}
