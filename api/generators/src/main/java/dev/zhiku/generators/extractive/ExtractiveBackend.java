package dev.zhiku.generators.extractive;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.grounding.Quotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Answers with the one to three sentences that answer best, quoted word for word, each with the
 * number of its passage. Needs no language model and follows no instruction, whoever wrote it.
 * Tokens are code points. Thread-safe.
 */
public final class ExtractiveBackend implements ChatBackend {
  /** Longest quote, in code points; a longer unit (a row of a wide sheet) is cut at a space. */
  static final int MAX_QUOTE_CHARS = 600;

  /** Code points of passages looked at for one answer. */
  private static final int CONTEXT = 65_536;

  /** Code points of a list that are quoted; what does not fit is counted. */
  private static final int MAX_LIST_CHARS = 500;

  private final Semaphore cores;
  private final ModelDescription model;

  /**
   * @param cores one permit for each core that may compute at the same time
   */
  public ExtractiveBackend(Semaphore cores) {
    this.cores = cores;
    this.model =
        new ModelDescription(
            "extractive", Optional.empty(), CONTEXT, Math.max(1, cores.availablePermits()), false);
  }

  @Override
  public ModelDescription model() {
    return model;
  }

  @Override
  public Health health() {
    return new Health.Ready();
  }

  @Override
  public int countTokens(String text) {
    return text.codePointCount(0, text.length());
  }

  @Override
  public boolean countsReliably() {
    return true;
  }

  @Override
  public GenerationResult generate(Prompt prompt, Consumer<? super Piece> sink)
      throws InterruptedException {
    List<String> quotes = quotes(prompt);
    int asked = countTokens(prompt.question());
    for (Prompt.Source source : prompt.passages()) {
      asked += countTokens(source.text());
    }
    int written = 0;
    String between = "";
    for (String quote : quotes) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted after " + written + " characters");
      }
      String text = between + quote;
      sink.accept(new Piece.Text(text));
      written += countTokens(text);
      between = "\n";
    }
    return new GenerationResult(quotes.isEmpty() ? Finish.DECLINED : Finish.STOP, asked, written);
  }

  private List<String> quotes(Prompt prompt) throws InterruptedException {
    cores.acquire();
    try {
      SentenceRanking ranking = new SentenceRanking(prompt.question(), prompt.passages());
      Set<String> news = FollowedUp.news(prompt);
      boolean all = Enumeration.isAskedBy(prompt.question());
      return quotes(new QuoteChoice(ranking, news).of(all), all, prompt);
    } finally {
      cores.release();
    }
  }

  private static List<String> quotes(List<Quotable> chosen, boolean all, Prompt prompt) {
    List<String> quotes = new ArrayList<>();
    int room = prompt.limits().answerTokens();
    boolean list = Enumeration.isList(chosen);
    int most = list ? Math.min(room, MAX_LIST_CHARS) : room;
    int shown = most;
    int whole = chosen.stream().mapToInt(unit -> unit.text().length()).sum();
    for (Quotable quotable : chosen) {
      List<String> parts = parts(quotable, all, whole > most, prompt.question());
      String cited = cited(parts, quotable, Math.min(room, MAX_QUOTE_CHARS));
      int length = cited.codePointCount(0, cited.length());
      if (cited.isEmpty() || (!quotes.isEmpty() && length > shown)) {
        break;
      }
      quotes.add(cited);
      room -= length;
      shown -= length;
    }
    if (!quotes.isEmpty() && quotes.size() < chosen.size() && list) {
      quotes.add(Enumeration.shown(quotes.size(), chosen.size(), prompt.question()));
    }
    return quotes;
  }

  /** Of each row of a long table only what is asked for. */
  private static List<String> parts(Quotable unit, boolean all, boolean tooLong, String question) {
    if (!all) {
      return RowCells.of(unit, question);
    }
    return List.of(tooLong ? RowCells.upToAsked(unit, question) : unit.text());
  }

  /** Each part on a line with the number of its passage; empty where there is no room for any. */
  private static String cited(List<String> parts, Quotable quotable, int room) {
    return parts.stream()
        .map(part -> cut(Quotes.onOneLine(part), room / parts.size()))
        .filter(part -> !part.isEmpty())
        .map(part -> part + " [" + quotable.source().number() + "]")
        .collect(Collectors.joining("\n"));
  }

  private static String cut(String quote, int limit) {
    if (quote.codePointCount(0, quote.length()) <= limit) {
      return quote;
    }
    int end = quote.offsetByCodePoints(0, Math.max(0, limit));
    int space = quote.lastIndexOf(' ', end);
    return quote.substring(0, space > end / 2 ? space : end).strip();
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
