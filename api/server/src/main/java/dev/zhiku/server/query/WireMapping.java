package dev.zhiku.server.query;

import dev.zhiku.answering.answer.Answer;
import dev.zhiku.answering.answer.FailureCode;
import dev.zhiku.answering.answer.Warning;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.grounding.Citation;
import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.TextBlock;
import dev.zhiku.server.documents.BlockView;
import dev.zhiku.server.documents.OriginalUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The form that answers have on the wire. Pure. */
public final class WireMapping {
  private static final double SCORE_DIGITS = 10_000;

  /** Passages that a refusal names. */
  private static final int NEAREST = 3;

  private WireMapping() {}

  /** The whole answer. */
  static QueryResponse response(Answer answer) {
    return new QueryResponse(
        answer.id(),
        answer.status().wireName(),
        answer.question().text(),
        answer.standaloneQuestion(),
        answer.text(),
        answer.unsupported(),
        answer.reasoning(),
        answer.finish().map(GenerationResult.Finish::wireName),
        generator(answer.generator()),
        citations(answer.citations()),
        passages(answer.passages()),
        nearest(answer),
        budget(answer.budget()),
        warnings(answer.warnings(), answer.question().locale()),
        timings(answer.timings()));
  }

  /** Numbered from 1 in this order. */
  static List<QueryResponse.Passage> passages(List<ScoredPassage> found) {
    List<QueryResponse.Passage> passages = new ArrayList<>();
    for (ScoredPassage one : found) {
      passages.add(passage(passages.size() + 1, one));
    }
    return passages;
  }

  /** Of a refusal the best passages, each document once. */
  private static Optional<List<QueryResponse.Passage>> nearest(Answer answer) {
    if (answer.status() != Answer.Status.NO_EVIDENCE) {
      return Optional.empty();
    }
    Map<String, QueryResponse.Passage> best = new LinkedHashMap<>();
    passages(answer.passages()).forEach(passage -> best.putIfAbsent(passage.documentId(), passage));
    return Optional.of(best.values().stream().limit(NEAREST).toList());
  }

  /** In the same order. */
  public static List<QueryResponse.Citation> citations(List<Citation> citations) {
    return citations.stream().map(WireMapping::citation).toList();
  }

  /** With their sentences in this language. */
  public static List<QueryResponse.Warning> warnings(List<Warning> warnings, Locale locale) {
    return warnings.stream()
        .map(warning -> new QueryResponse.Warning(warning.code().wireName(), warning.in(locale)))
        .toList();
  }

  /**
   * The HTTP status of a failure, where no stream had begun: 400 where only another request helps.
   */
  public static int status(FailureCode code) {
    return switch (code) {
      case NO_MODEL, PROMPT_TOO_LONG, TOOLS_UNSUPPORTED, FORMAT_UNSUPPORTED -> 400;
      case MODEL_UNREACHABLE,
          MODEL_TIMEOUT,
          MODEL_MISSING,
          MODEL_FAILED,
          REASONING_EXHAUSTED,
          STOPPED,
          INTERNAL_ERROR ->
          502;
    };
  }

  private static QueryResponse.Generator generator(Answer.Generator generator) {
    return new QueryResponse.Generator(
        generator.backend(), generator.model(), generator.aiGenerated());
  }

  private static QueryResponse.Citation citation(Citation citation) {
    DocumentMeta document = citation.found().document();
    Location location = citation.place();
    Optional<TextBlock> block = citation.block();
    return new QueryResponse.Citation(
        citation.number(),
        document.id().value(),
        document.name(),
        document.source(),
        document.path(),
        location.entry(),
        citation.found().passage().id().ordinal(),
        document.mediaType(),
        document.sha256(),
        document.modifiedAt(),
        CitationLocation.page(location),
        block.flatMap(quoted -> quoted.origin().pageLabel()),
        location.heading(),
        CitationLocation.text(document.name(), location),
        block.map(BlockView::kind),
        citation.quote(),
        citation.isMasked(),
        citation.verified(),
        block.flatMap(BlockView::recognised),
        citation.by().wireName(),
        OriginalUrl.of(document, location));
  }

  private static QueryResponse.Passage passage(int number, ScoredPassage found) {
    DocumentMeta document = found.document();
    Location location = found.passage().location();
    return new QueryResponse.Passage(
        number,
        document.id().value(),
        document.name(),
        document.source(),
        document.path(),
        location.entry(),
        found.passage().id().ordinal(),
        document.mediaType(),
        CitationLocation.page(location),
        location.heading(),
        CitationLocation.text(document.name(), location),
        found.passage().text(),
        Math.round(found.score() * SCORE_DIGITS) / SCORE_DIGITS);
  }

  private static QueryResponse.Budget budget(Answer.Budget budget) {
    return new QueryResponse.Budget(
        budget.contextTokens(),
        budget.promptTokens(),
        budget.completionTokens(),
        budget.passagesOffered(),
        budget.passagesFitted(),
        budget.repeated(),
        budget.withoutRoom());
  }

  private static QueryResponse.Timings timings(Answer.Timings timings) {
    return new QueryResponse.Timings(
        timings.rewrite().toMillis(),
        timings.embed().toMillis(),
        timings.search().toMillis(),
        timings.generate().toMillis(),
        timings.total().toMillis());
  }
}
