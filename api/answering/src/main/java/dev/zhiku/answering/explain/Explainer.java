package dev.zhiku.answering.explain;

import dev.zhiku.answering.explain.Explanation.Judgement;
import dev.zhiku.answering.explain.Explanation.Word;
import dev.zhiku.answering.grounding.Evidence;
import dev.zhiku.answering.question.SmallTalk;
import dev.zhiku.answering.search.DocumentTrace;
import dev.zhiku.answering.search.DocumentTrace.Standing;
import dev.zhiku.answering.search.Retrieval;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.message.Phrase;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Says why a document was found for a question, or why it was not: searches and judges as for an
 * answer, and looks at where the document stands. Nothing is generated. Thread-safe.
 */
public final class Explainer {
  private final Retriever retriever;
  private final BooleanSupplier reads;

  /**
   * @param reads whether a model reads what is found, at the time of a question; it gets what a
   *     quote would be withheld for
   */
  public Explainer(Retriever retriever, BooleanSupplier reads) {
    this.retriever = retriever;
    this.reads = reads;
  }

  /**
   * The reason why a document is used for the answer to a question, or is not.
   *
   * @param scope the asker may see the document
   * @param limit passages given to the answer
   */
  public Explanation explain(String question, Scope scope, int limit, DocumentId document)
      throws InterruptedException {
    if (SmallTalk.of(question).isPresent()) {
      return new Explanation(
          Outcome.SMALL_TALK,
          Outcome.SMALL_TALK.sentence(),
          Optional.empty(),
          List.of(),
          Optional.empty());
    }
    DocumentTrace trace = retriever.trace(question, scope, limit, document);
    Judgement judgement = judge(question, trace.retrieval());
    Optional<Standing> best = trace.standings().stream().findFirst();
    Outcome outcome =
        trace.stored() == 0 || best.isEmpty()
            ? Outcome.NOT_INDEXED
            : outcome(document, trace, best.get(), judgement);
    return new Explanation(
        outcome,
        sentence(outcome, trace, judgement),
        Optional.of(trace),
        words(trace.retrieval(), best),
        Optional.of(judgement));
  }

  private static Outcome outcome(
      DocumentId document, DocumentTrace trace, Standing best, Judgement judgement) {
    boolean given =
        trace.retrieval().passages().stream().anyMatch(p -> p.document().id().equals(document));
    return given ? Outcome.ofGiven(judgement.figures().ground()) : Outcome.ofMissed(best);
  }

  private Judgement judge(String question, Retrieval retrieval) throws InterruptedException {
    String asked = retrieval.asked().isEmpty() ? question : retrieval.asked();
    Evidence.Verdict verdict =
        Evidence.judge(
            asked,
            retrieval,
            reads.getAsBoolean(),
            sentences -> retriever.nearness(question, asked, sentences));
    return new Judgement(
        asked, verdict.supported(), verdict.figures(), Evidence.form(asked, retrieval));
  }

  private static List<Word> words(Retrieval retrieval, Optional<Standing> best) {
    Set<String> held = best.map(b -> Evidence.wordsIn(b.passage())).orElse(Set.of());
    return retrieval.weights().entrySet().stream()
        .map(word -> new Word(word.getKey(), word.getValue(), held.contains(word.getKey())))
        .sorted(Comparator.comparingDouble(Word::weight).reversed().thenComparing(Word::text))
        .toList();
  }

  private static Phrase sentence(Outcome outcome, DocumentTrace trace, Judgement judgement) {
    return switch (outcome) {
      case PHRASE_NOWHERE -> outcome.sentence(String.join(", ", trace.retrieval().absent()));
      case NAME_NOWHERE -> outcome.sentence(String.join(", ", trace.retrieval().unknownNames()));
      case FORM_NOWHERE -> outcome.sentence(judgement.form().map(Evidence.Form::name).orElse(""));
      case TOO_LITTLE ->
          outcome.sentence(
              judgement.figures().score().stream()
                  .mapToObj(Explainer::figure)
                  .findFirst()
                  .orElse(""),
              figure(judgement.figures().threshold()));
      case UNRANKED, OTHER_LANGUAGE -> outcome.sentence(trace.query().listed());
      case DUPLICATE ->
          outcome.sentence(trace.standings().getFirst().twin().map(DocumentMeta::path).orElse(""));
      case OUTRANKED ->
          outcome.sentence(
              trace.standings().getFirst().fused().map(DocumentTrace.Place::rank).orElse(0),
              trace.retrieval().passages().size());
      case SMALL_TALK, NOT_INDEXED, USED, WITHOUT_PHRASE, OTHER_EDITION, OTHER_PAGE ->
          outcome.sentence();
    };
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
