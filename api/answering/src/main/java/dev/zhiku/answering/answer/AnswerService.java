package dev.zhiku.answering.answer;

import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.Failed;
import dev.zhiku.answering.answer.AnswerEvent.NoEvidence;
import dev.zhiku.answering.answer.AnswerEvent.PassagesOnly;
import dev.zhiku.answering.answer.AnswerEvent.Queued;
import dev.zhiku.answering.answer.AnswerEvent.Retrieved;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.context.EarlierPrompts;
import dev.zhiku.answering.grounding.Evidence;
import dev.zhiku.answering.grounding.MeantColumns;
import dev.zhiku.answering.question.SmallTalk;
import dev.zhiku.answering.search.HeldDocuments;
import dev.zhiku.answering.search.OtherLanguage;
import dev.zhiku.answering.search.Retrieval;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.embedding.Language;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a question into an answer that can be checked: make it self-contained, retrieve, decide
 * whether there is evidence, generate, check the citations. Thread-safe.
 */
public final class AnswerService implements Answerer {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerService.class);

  private final Retriever retriever;
  private final ChatBackend backend;
  private final ChatBackend fallback;
  private final Prompt.Limits limits;
  private final SupportRule rule;
  private final StandingWarnings standing;
  private final AnswerMeter meter;
  private final GenerationQueue queue;
  private final SearchTurns searches = new SearchTurns();
  private final EarlierPrompts earlier = new EarlierPrompts();
  private final FollowUpWriter followUps;
  private final DirectChat alone;
  private final FixedReply replies;

  /**
   * @param backend who writes
   * @param fallback who answers when {@code backend} is away before its first piece; may be the
   *     same
   * @param rule when what {@code backend} wrote is withheld, and {@code fallback} answers
   * @param waiting questions that may wait for their turn; one more is refused at once
   * @param standing what every asker should know at present
   */
  public AnswerService(
      Retriever retriever,
      ChatBackend backend,
      ChatBackend fallback,
      Prompt.Limits limits,
      SupportRule rule,
      int waiting,
      StandingWarnings standing,
      AnswerMeter meter) {
    this.retriever = retriever;
    this.backend = backend;
    this.fallback = fallback;
    this.limits = limits;
    this.rule = rule;
    this.standing = standing;
    this.meter = meter;
    this.queue = new GenerationQueue(backend.model().concurrency(), waiting);
    this.followUps = new FollowUpWriter(backend);
    this.alone = new DirectChat(backend, limits);
    this.replies = new FixedReply(retriever, fallback.model());
  }

  @Override
  public void requirePlace(Scope scope) {
    queue.requirePlace(scope.client());
  }

  /**
   * Answers. Blocks; call from a virtual thread. Interrupting it stops the generation. The sink
   * gets {@link Retrieved} once, then {@link Queued} for each place in the line where it has to
   * wait, any number of pieces, then exactly one {@link Terminal}; what the sink throws ends the
   * answer and comes out of this call.
   *
   * @throws dev.zhiku.answering.problem.Problem {@code queue-full}, before the first event
   */
  @Override
  public void answer(Question question, Scope scope, Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    long start = System.nanoTime();
    try (GenerationQueue.Place place = queue.enter(scope.client())) {
      Optional<SmallTalk> said = FixedReply.to(question);
      AnswerDraft draft =
          said.isPresent() || question.mode() == Question.Mode.CHAT
              ? AnswerDraft.unsearched(question, start)
              : look(question, scope, place, start);
      sink.accept(new Retrieved(draft.id(), draft.retrieval().passages()));
      Terminal terminal =
          said.isPresent()
              ? replies.reply(said.get(), draft, scope, sink)
              : finish(draft, place, sink);
      count(terminal);
      sink.accept(terminal);
    }
  }

  private AnswerDraft look(Question question, Scope scope, GenerationQueue.Place place, long start)
      throws InterruptedException {
    FollowUpWriter.Standalone standalone = followUps.of(question, place);
    Retrieval retrieval =
        searches.take(
            scope.client(),
            () ->
                retriever.retrieve(
                    standalone.question(), scope, question.filter(), question.topK()));
    AnswerDraft draft = draft(question, scope, standalone, retrieval, start);
    draft.compareBy(this::nearest);
    draft.lookElsewhereBy(() -> elsewhere(standalone.question(), scope, question));
    standing.now(scope).forEach(draft::warn);
    return draft;
  }

  /** Of a document that all of is asked for, a model gets all; quotes come from the best of it. */
  private AnswerDraft draft(
      Question question,
      Scope scope,
      FollowUpWriter.Standalone standalone,
      Retrieval retrieval,
      long start)
      throws InterruptedException {
    Optional<DocumentId> asked = WholeDocument.asked(question, retrieval.passages());
    if (asked.isEmpty()) {
      return new AnswerDraft(question, standalone, retrieval, OptionalInt.empty(), start);
    }
    HeldDocuments.DocumentPassages whole =
        retriever.documents().whole(asked.get(), WholeDocument.MOST_PASSAGES);
    boolean readable = backend.model().aiGenerated() && !whole.passages().isEmpty();
    Retrieval passages =
        readable ? retrieval.with(whole.passages()).masked(scope.masking()) : retrieval;
    return new AnswerDraft(question, standalone, passages, OptionalInt.of(whole.total()), start);
  }

  private double nearest(String statement, List<String> places) {
    try {
      return retriever.likeness(statement, places).values().stream()
          .mapToDouble(Double::doubleValue)
          .max()
          .orElse(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    } catch (EmbeddingException e) {
      LOG.debug("a statement is held to its passages by its words alone", e);
      return 0;
    }
  }

  private OtherLanguage elsewhere(String standalone, Scope scope, Question question) {
    try {
      return retriever.otherLanguage(standalone, scope, question.filter());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OtherLanguage.NONE;
    } catch (EmbeddingException e) {
      LOG.debug("documents in another language are not looked for", e);
      return OtherLanguage.NONE;
    }
  }

  private void count(Terminal terminal) {
    switch (terminal) {
      case Answered answered -> meter.answered(answered.answer());
      case NoEvidence none -> meter.answered(none.answer());
      case PassagesOnly passages -> meter.answered(passages.answer());
      case Failed failed -> {} // has no timings of its own
    }
  }

  private Terminal finish(
      AnswerDraft draft, GenerationQueue.Place place, Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    if (draft.question().mode() == Question.Mode.PASSAGES) {
      return new PassagesOnly(draft.passagesOnly(backend.model()));
    }
    if (draft.question().mode() == Question.Mode.CHAT) {
      return alone.answer(draft, place, sink);
    }
    if (!draft.isOfWholeDocument() && !isSupported(draft)) {
      return new NoEvidence(draft.noEvidence(backend.model()));
    }
    place.awaitTurn(position -> sink.accept(new Queued(position)));
    return generate(draft, sink);
  }

  /** A model that went wrong is stopped, as if it had come to its end before. */
  private static GenerationResult generate(
      ChatBackend writer, PromptWriter.Plan plan, PieceFilter filter) throws InterruptedException {
    try {
      return writer.generate(plan.prompt(), filter::accept);
    } catch (PieceFilter.Stopped e) {
      return new GenerationResult(
          GenerationResult.Finish.STOP, plan.tokens(), writer.countTokens(filter.handed()));
    }
  }

  private boolean isSupported(AnswerDraft draft) throws InterruptedException {
    String asked = draft.inWordsOfDocuments();
    Evidence.Meaning meaning = texts -> retriever.nearness(draft.standalone(), asked, texts);
    Evidence.Verdict verdict =
        Evidence.judge(asked, draft.retrieval(), backend.model().aiGenerated(), meaning);
    draft.judged(
        verdict.supported()
            ? MeantColumns.marked(asked, verdict.retrieval(), meaning)
            : verdict.retrieval());
    return verdict.supported();
  }

  private Terminal generate(AnswerDraft draft, Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    try {
      return fitted(draft, sink);
    } catch (ChatException e) {
      LOG.warn("query {}: {}", draft.id(), e.getMessage());
      return draft.isStarted() || fallback == backend
          ? AnswerFailures.brokenOff(draft, e)
          : quoteInstead(draft, AnswerFailures.warning(e), sink);
    }
  }

  /** A server that counts more tokens than were planned for has corrected the next plan. */
  private Terminal fitted(AnswerDraft draft, Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    try {
      return write(draft, backend, sink);
    } catch (ChatException.PromptTooLong e) {
      if (draft.isStarted()) {
        throw e;
      }
      LOG.info("query {}: planned anew, for {}", draft.id(), e.getMessage());
      return write(draft, backend, sink);
    }
  }

  private Terminal quoteInstead(
      AnswerDraft draft, WarningCode why, Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    draft.warn(Warning.of(why));
    draft.beginAnew();
    try {
      return write(draft, fallback, sink);
    } catch (ChatException e) {
      return AnswerFailures.brokenOff(draft, e);
    }
  }

  private Terminal write(AnswerDraft draft, ChatBackend writer, Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    return write(draft, writer, draft.standalone(), true, sink);
  }

  /** In a conversation a model gets its passages in an order that begins like its last prompt's. */
  private PromptWriter.Plan plan(
      AnswerDraft draft, PromptWriter prompts, boolean written, String asked) {
    List<ScoredPassage> passages = draft.retrieval().passages();
    if (!written) {
      return prompts.plan(draft.question(), draft.inWordsOfDocuments(), passages);
    }
    String first = draft.question().firstOfConversation();
    List<PassageId> before =
        draft.question().conversation().isEmpty() ? List.of() : earlier.of(first);
    PromptWriter.Plan plan = prompts.laidOut(draft.question(), asked, passages, before);
    plan.layout().ifPresent(layout -> earlier.keep(first, layout.ids()));
    return plan;
  }

  /**
   * @param asked how the question is put to the writer
   * @param first whether it may be asked once more
   */
  private Terminal write(
      AnswerDraft draft,
      ChatBackend writer,
      String asked,
      boolean first,
      Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    boolean written = writer.model().aiGenerated();
    List<ScoredPassage> passages = draft.retrieval().passages();
    PromptWriter.Plan plan =
        written && draft.isOfWholeDocument()
            ? new WholeDocument(writer, limits).read(draft.question(), asked, passages, sink)
            : plan(draft, new PromptWriter(writer, limits), written, asked);
    draft.planned(plan);
    PieceFilter filter = new PieceFilter(draft, written, rule, first, sink);
    GenerationResult completion = generate(writer, plan, filter);
    filter.end();
    draft.completed(completion, written);
    if (completion.finish() == GenerationResult.Finish.EXHAUSTED && writer != fallback) {
      return quoteInstead(draft, WarningCode.REASONING_EXHAUSTED, sink);
    }
    if (filter.isToBeAskedAgain()) {
      draft.beginAnew();
      String demand = AnswerTexts.inLanguage(Language.localeOf(draft.question().text()));
      return write(draft, writer, draft.standalone() + "\n" + demand, false, sink);
    }
    if (filter.isUnsupported() && writer != fallback) {
      draft.withhold();
      return quoteInstead(draft, WarningCode.MODEL_UNSUPPORTED, sink);
    }
    boolean silent =
        completion.finish() == GenerationResult.Finish.DECLINED || draft.isSilent(written);
    return silent
        ? new NoEvidence(draft.noEvidence(writer.model()))
        : new Answered(draft.answered(writer.model()));
  }
}
