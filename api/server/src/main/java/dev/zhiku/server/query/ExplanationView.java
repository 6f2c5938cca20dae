package dev.zhiku.server.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.explain.Explanation;
import dev.zhiku.answering.grounding.Evidence;
import dev.zhiku.answering.grounding.EvidenceFigures;
import dev.zhiku.answering.search.DocumentTrace;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.ingest.catalog.CatalogEntry;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Why a document was found for a question, or why it was not.
 *
 * @param matches documents that may be meant, at most 20; only of a single one more is told
 * @param outcome what became of it, a stable word
 * @param sentence the same in the reader's language
 * @param question as it is searched; null where nothing was
 * @param words of the question, heaviest first
 * @param passages of the document, its best ones, at most 3
 * @param judge on all that was found; null where nothing was searched
 */
@Schema(name = "Explanation")
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record ExplanationView(
    List<Match> matches,
    Optional<String> outcome,
    Optional<String> sentence,
    Optional<Searched> question,
    List<Word> words,
    List<Standing> passages,
    Optional<Judge> judge) {
  /** Longest beginning of a passage that is shown, in characters. */
  private static final int MOST_TEXT = 200;

  ExplanationView {
    matches = List.copyOf(matches);
    words = List.copyOf(words);
    passages = List.copyOf(passages);
  }

  /**
   * A document.
   *
   * @param passages in the index
   * @param reason why it failed or was skipped, in the reader's language
   */
  @Schema(name = "ExplainedDocument")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Match(
      String id,
      String source,
      String path,
      String state,
      int passages,
      Optional<String> reasonCode,
      Optional<String> reason) {
    static Match of(CatalogEntry entry, Locale locale) {
      return new Match(
          entry.id().value(),
          entry.source(),
          entry.path(),
          wireName(entry.state()),
          entry.passages(),
          entry.reason().map(reason -> reason.code().wireName()),
          entry.reason().map(reason -> reason.text(locale)));
    }
  }

  /**
   * A question as it is searched and judged.
   *
   * @param text without its frame and the page it names
   * @param added other words for the same
   * @param page number of the page or slide it names, {@code last} for the last one
   * @param phrases that have to stand in a passage as they are
   * @param judged in the words of what was found
   * @param listed passages of each list that are looked at, at most
   */
  @Schema(name = "ExplainedQuestion")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Searched(
      String text,
      List<String> added,
      Optional<String> page,
      List<String> phrases,
      String judged,
      int listed) {
    static Searched of(DocumentTrace.Query query, String judged) {
      String page = query.page().isPresent() ? "" + query.page().getAsInt() : "last";
      return new Searched(
          query.text(),
          query.added(),
          query.namesPage() ? Optional.of(page) : Optional.empty(),
          query.phrases(),
          judged,
          query.listed());
    }
  }

  /** A word, how much it tells, and whether the document's best passage or its title holds it. */
  @Schema(name = "ExplainedWord")
  @Serdeable(naming = SnakeCaseStrategy.class)
  record Word(String word, double weight, boolean held) {}

  /** A place in a list, its rank from 1. */
  @Schema(name = "ExplainedPlace")
  @Serdeable(naming = SnakeCaseStrategy.class)
  record Place(int rank, double score) {
    static Place of(DocumentTrace.Place place) {
      return new Place(place.rank(), place.score());
    }
  }

  /**
   * Where a passage stands; a place that is null is not among the first of that list.
   *
   * @param ordinal of the passage in its document
   * @param text its beginning
   * @param words place in the list of the words
   * @param model of its vector
   * @param meaning how that model takes part
   * @param vectors place in the list of that model
   * @param fused place in the one list made of all
   * @param fate what became of it
   * @param duplicateOf path of the document that stands for it
   */
  @Schema(name = "ExplainedPassage")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Standing(
      int ordinal,
      String text,
      Optional<Place> words,
      String model,
      @Schema(
              type = "string",
              allowableValues = {"searched", "other-language", "words-only"})
          String meaning,
      Optional<Place> vectors,
      Optional<Place> fused,
      @Schema(
              type = "string",
              allowableValues = {
                "given",
                "unranked",
                "without-phrase",
                "other-edition",
                "duplicate",
                "beyond-share",
                "other-page",
                "outranked"
              })
          String fate,
      Optional<String> duplicateOf) {
    static Standing of(DocumentTrace.Standing standing) {
      String text = standing.passage().passage().text();
      return new Standing(
          standing.passage().passage().id().ordinal(),
          text.length() > MOST_TEXT ? text.substring(0, beginning(text)) + "…" : text,
          standing.words().map(Place::of),
          standing.model(),
          wireName(standing.meaning()),
          standing.vectors().map(Place::of),
          standing.fused().map(Place::of),
          wireName(standing.fate()),
          standing.twin().map(DocumentMeta::path));
    }

    private static int beginning(String text) {
      return Character.isHighSurrogate(text.charAt(MOST_TEXT - 1)) ? MOST_TEXT - 1 : MOST_TEXT;
    }
  }

  /**
   * The judge of evidence on all that was found.
   *
   * @param supported whether an answer is worth a try
   * @param ground what decided
   * @param words greatest share of the question's words in one of the best passages
   * @param similarity greatest cosine of a passage; null where the words decided
   * @param nearest cosine of the nearest sentence; null where none was compared
   * @param lead by how much it is nearer than the others; null where none was compared
   * @param score words and meaning together; null where the words decided
   * @param threshold what the score has to reach; null where there is none
   * @param form what is asked for, where that is told by its form
   * @param formHeld whether it stands near what the question is about
   */
  @Schema(name = "ExplainedJudgement")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Judge(
      boolean supported,
      @Schema(
              type = "string",
              allowableValues = {
                "phrase-nowhere",
                "name-nowhere",
                "words",
                "page",
                "near",
                "stands-out",
                "form-nowhere",
                "too-little"
              })
          String ground,
      double words,
      Optional<Double> similarity,
      Optional<Double> nearest,
      Optional<Double> lead,
      Optional<Double> score,
      Optional<Double> threshold,
      Optional<String> form,
      Optional<Boolean> formHeld) {
    static Judge of(Explanation.Judgement judgement) {
      EvidenceFigures figures = judgement.figures();
      Optional<Double> score = optional(figures.score());
      Optional<Double> nearest = optional(figures.nearest());
      return new Judge(
          judgement.supported(),
          wireName(figures.ground()),
          figures.words(),
          score.map(any -> figures.similarity()),
          nearest,
          nearest.map(any -> figures.lead()),
          score,
          score.map(any -> figures.threshold()),
          judgement.form().map(Evidence.Form::name),
          judgement.form().map(Evidence.Form::held));
    }
  }

  /** Several documents may be meant, and nothing was looked into. */
  static ExplanationView of(List<CatalogEntry> matches, Locale locale) {
    return new ExplanationView(
        matches.stream().map(entry -> Match.of(entry, locale)).toList(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  static ExplanationView of(CatalogEntry entry, Explanation why, Locale locale) {
    return new ExplanationView(
        List.of(Match.of(entry, locale)),
        Optional.of(why.outcome().wireName()),
        Optional.of(why.sentence().in(locale)),
        why.trace()
            .flatMap(
                trace -> why.judgement().map(judge -> Searched.of(trace.query(), judge.asked()))),
        why.words().stream().map(w -> new Word(w.text(), w.weight(), w.held())).toList(),
        why.trace().map(DocumentTrace::standings).orElse(List.of()).stream()
            .map(Standing::of)
            .toList(),
        why.judgement().map(Judge::of));
  }

  private static Optional<Double> optional(OptionalDouble value) {
    return value.stream().boxed().findFirst();
  }

  private static String wireName(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
