package dev.zhiku.api.answer;

import dev.zhiku.api.search.Retrieval;
import dev.zhiku.index.embedding.Language;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What is known of one answer while it is made. Used by one thread. */
final class AnswerDraft {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String id = "q_" + randomHex();
  private final Question question;
  private final String standalone;
  private final Retrieval retrieval;
  private final List<QueryResponse.Passage> passages;
  private final List<QueryResponse.Warning> warnings = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final long start;
  private long generating;
  private long generated;
  private int promptTokens;
  private int completionTokens;
  private int fitted;
  private Optional<Completion.Finish> finish = Optional.empty();

  /**
   * @param start when the question came, by {@link System#nanoTime()}
   */
  AnswerDraft(Question question, String standalone, Retrieval retrieval, long start) {
    this.question = question;
    this.standalone = standalone;
    this.retrieval = retrieval;
    this.start = start;
    passages = Views.passages(retrieval.passages());
    if (!standalone.equals(question.text())) {
      warn(AnswerTexts.warning(question.locale(), "follow-up-by-rule"));
    }
    if (!retrieval.unsearched().isEmpty()) {
      warn(AnswerTexts.warning(question.locale(), "language-unsearched"));
    }
  }

  private static String randomHex() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  String id() {
    return id;
  }

  Question question() {
    return question;
  }

  String standalone() {
    return standalone;
  }

  Retrieval retrieval() {
    return retrieval;
  }

  List<QueryResponse.Passage> passages() {
    return passages;
  }

  void warn(QueryResponse.Warning warning) {
    warnings.add(warning);
  }

  void planned(PromptWriter.Plan plan) {
    promptTokens = plan.tokens();
    fitted = plan.prompt().passages().size();
    generating = System.nanoTime();
    if (fitted < passages.size()) {
      warn(AnswerTexts.warning(question.locale(), "context-cut", fitted, passages.size()));
    }
  }

  AnswerEvent add(Piece piece) {
    return switch (piece) {
      case Piece.Text part -> {
        text.append(part.text());
        yield new AnswerEvent.Text(part.text());
      }
      case Piece.Reasoning part -> {
        reasoning.append(part.text());
        yield new AnswerEvent.Reasoning(part.text());
      }
    };
  }

  void completed(Completion completion) {
    generated = System.nanoTime();
    finish = Optional.of(completion.finish());
    promptTokens = completion.promptTokens();
    completionTokens = completion.completionTokens();
  }

  /** Whether a piece was handed out. */
  boolean isStarted() {
    return !text.isEmpty() || !reasoning.isEmpty();
  }

  /** Whether there is no word of an answer. */
  boolean isSilent() {
    return text.toString().isBlank();
  }

  QueryResponse passagesOnly(Model model) {
    return response("passages", Optional.empty(), List.of(), model);
  }

  QueryResponse noEvidence(Model model) {
    String answer = AnswerTexts.noEvidence(Language.of(question.text()));
    return response("no_evidence", Optional.of(answer), List.of(), model);
  }

  QueryResponse answered(Model model) {
    CitationCheck.Checked checked =
        CitationCheck.check(text.toString(), retrieval.passages().subList(0, fitted));
    return response("answered", Optional.of(checked.answer()), checked.citations(), model);
  }

  private QueryResponse response(
      String status, Optional<String> answer, List<Citation> citations, Model model) {
    return new QueryResponse(
        id,
        status,
        question.text(),
        standalone,
        answer,
        reasoning.isEmpty() ? Optional.empty() : Optional.of(reasoning.toString()),
        status.equals("answered") ? finish.map(Completion.Finish::wireName) : Optional.empty(),
        new QueryResponse.Generator(
            model.backend(), model.name(), model.aiGenerated() && status.equals("answered")),
        citations,
        passages,
        new QueryResponse.Budget(
            model.contextTokens(), promptTokens, completionTokens, passages.size(), fitted),
        warnings,
        timings());
  }

  private QueryResponse.Timings timings() {
    return new QueryResponse.Timings(
        0,
        retrieval.embedding().toMillis(),
        retrieval.searching().toMillis(),
        Duration.ofNanos(generated - generating).toMillis(),
        Duration.ofNanos(System.nanoTime() - start).toMillis());
  }
}
