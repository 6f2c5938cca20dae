package dev.zhiku.server.query;

import dev.zhiku.answering.answer.Answer;
import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.Failed;
import dev.zhiku.answering.answer.AnswerEvent.NoEvidence;
import dev.zhiku.answering.answer.AnswerEvent.PassagesOnly;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.answer.Answerer;
import dev.zhiku.answering.answer.FailureCode;
import dev.zhiku.answering.answer.MaskedEvents;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.DocumentId;
import dev.zhiku.server.identity.QuestionMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions on their way, and for a while those that were asked to go on without their client.
 * Thread-safe. Closing it stops them all.
 */
public final class AnswerRuns implements AutoCloseable {
  /** Most detached questions kept; the oldest that has ended goes first, then the oldest. */
  static final int MAX_KEPT = 200;

  /** How long a detached question is kept after it was asked. */
  static final Duration KEPT = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(AnswerRuns.class);

  private final Answerer service;
  private final InstantSource clock;
  private final QuestionMeter meter;
  private final AnswerWitness witness;
  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private final Map<AnswerRun, Scope> running = new HashMap<>();
  private Predicate<Scope> stands = scope -> true;
  private boolean closed;

  /** Counts nobody's questions. */
  public AnswerRuns(Answerer service, InstantSource clock) {
    this(service, clock, QuestionMeter.NONE, AnswerWitness.NONE);
  }

  /**
   * @param meter counts and limits questions by who asks them
   * @param witness is told of each event before clients are
   */
  public AnswerRuns(
      Answerer service, InstantSource clock, QuestionMeter meter, AnswerWitness witness) {
    this.service = service;
    this.clock = clock;
    this.meter = meter;
    this.witness = witness;
  }

  private record Kept(AnswerRun run, Scope asker, Instant since) {}

  /**
   * Makes sure that a question could be taken now, before its body is read.
   *
   * @throws Problem {@code queue-full}
   */
  public void requirePlace(Scope scope) {
    service.requirePlace(scope);
  }

  /**
   * Starts to answer and waits for the first event.
   *
   * @param detach keep it for clients that come back
   * @throws RuntimeException what prevented the first event; {@code too-many-requests} if the asker
   *     has asked as many as it may, {@code access-changed} if he may see other documents now
   */
  public AnswerRun start(Question question, Scope scope, boolean detach)
      throws InterruptedException {
    return start(question, scope, detach, event -> {});
  }

  /**
   * As {@link #start(Question, Scope, boolean)}.
   *
   * @param first is given each event before clients are; what it throws ends the run
   */
  public AnswerRun start(
      Question question, Scope scope, boolean detach, Consumer<? super AnswerEvent> first)
      throws InterruptedException {
    meter.asked(scope);
    AnswerRun run = new AnswerRun();
    Consumer<AnswerEvent> seen = witness.of(question, scope);
    register(run, scope);
    run.start(
        () ->
            answer(
                question,
                scope,
                run,
                MaskedEvents.of(
                    scope.masking(),
                    event -> {
                      first.accept(event);
                      seen.accept(event);
                      run.add(event);
                    })));
    try {
      run.awaitStart();
    } catch (InterruptedException e) {
      run.stop();
      throw e;
    }
    Optional<Throwable> failure = run.failureBeforeStart();
    if (failure.isPresent()) {
      throw problem(failure.get(), scope);
    }
    if (detach) {
      keep(run, scope);
    }
    return run;
  }

  private RuntimeException problem(Throwable failure, Scope scope) {
    return switch (failure) {
      case RuntimeException known -> known;
      case Error error -> throw error;
      default ->
          new Problem(stillStands(scope) ? ProblemCode.SHUTTING_DOWN : ProblemCode.ACCESS_CHANGED);
    };
  }

  private synchronized boolean stillStands(Scope scope) {
    return stands.test(scope);
  }

  private void answer(
      Question question, Scope scope, AnswerRun run, Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped before it began");
      }
      service.answer(question, scope, sink);
    } catch (InterruptedException e) {
      run.id().ifPresent(id -> sink.accept(Failed.of(id, FailureCode.STOPPED, question.locale())));
      throw e;
    } catch (RuntimeException e) {
      run.id()
          .ifPresent(
              id -> {
                LOG.error("query {} failed", id, e);
                sink.accept(Failed.of(id, FailureCode.INTERNAL_ERROR, question.locale()));
              });
      throw e;
    } finally {
      unregister(run);
      run.terminal().flatMap(AnswerRuns::spent).ifPresent(spent -> count(scope, spent));
    }
  }

  private void count(Scope scope, Answer.Budget spent) {
    meter.answered(scope, spent.promptTokens(), spent.completionTokens());
  }

  private static Optional<Answer.Budget> spent(Terminal end) {
    return switch (end) {
      case Answered answered -> Optional.of(answered.answer().budget());
      case NoEvidence none -> Optional.of(none.answer().budget());
      case PassagesOnly passages -> Optional.of(passages.answer().budget());
      case Failed failed -> Optional.empty();
    };
  }

  /**
   * A detached question.
   *
   * @throws Problem {@code query-not-found} also for those of other askers, and where the asker may
   *     see other documents now than when he asked
   */
  AnswerRun find(String id, Scope scope) {
    Kept found = lookUp(id);
    if (found == null || !isOf(found.asker(), scope)) {
      throw new Problem(ProblemCode.QUERY_NOT_FOUND);
    }
    return found.run();
  }

  /** Whether this asker's question of this id can be followed. */
  public boolean follows(String id, Scope scope) {
    Kept found = lookUp(id);
    return found != null && isOf(found.asker(), scope);
  }

  private static boolean isOf(Scope asker, Scope scope) {
    return asker.principal().equals(scope.principal())
        && asker.visible().equals(scope.visible())
        && asker.masking().equals(scope.masking());
  }

  /**
   * Ends what is written for askers who may see other documents now than when they asked, and what
   * is begun later for askers who were let in before.
   *
   * @param stands whether one may still see the same, as it is when it is asked
   */
  public synchronized void withdraw(Predicate<Scope> stands) {
    this.stands = stands;
    running.forEach(
        (run, asker) -> {
          if (!stands.test(asker)) {
            run.stop();
          }
        });
  }

  /** Answers that are kept or being written and for which a document's passages were found. */
  public synchronized int countFrom(DocumentId document) {
    return (int)
        Stream.concat(kept.values().stream().map(Kept::run), running.keySet().stream())
            .distinct()
            .filter(run -> run.isFrom(document))
            .count();
  }

  /** Ends those that are being written from a document's passages, and forgets those kept. */
  public synchronized void forget(DocumentId document) {
    running.keySet().stream().filter(run -> run.isFrom(document)).forEach(AnswerRun::stop);
    kept.values().removeIf(answer -> answer.run().isFrom(document));
  }

  private synchronized @Nullable Kept lookUp(String id) {
    expire();
    return kept.get(id);
  }

  private synchronized void register(AnswerRun run, Scope asker) {
    if (closed) {
      throw new Problem(ProblemCode.SHUTTING_DOWN);
    }
    running.put(run, asker);
    if (!stands.test(asker)) {
      // Let in before a change that was answered meanwhile.
      run.stop();
    }
  }

  private synchronized void unregister(AnswerRun run) {
    running.remove(run);
  }

  private synchronized void keep(AnswerRun run, Scope asker) {
    expire();
    if (kept.size() >= MAX_KEPT) {
      String oldest =
          kept.entrySet().stream()
              .filter(e -> e.getValue().run().isEnded())
              .findFirst()
              .orElseGet(() -> kept.entrySet().iterator().next())
              .getKey();
      kept.remove(oldest);
    }
    run.id().ifPresent(id -> kept.put(id, new Kept(run, asker, clock.instant())));
  }

  private void expire() {
    Instant limit = clock.instant().minus(KEPT);
    kept.values().removeIf(k -> k.since().isBefore(limit) && k.run().isEnded());
  }

  @Override
  public synchronized void close() {
    closed = true;
    running.keySet().forEach(AnswerRun::stop);
    kept.clear();
  }
}
