package dev.zhiku.server.audit.web;

import dev.zhiku.answering.answer.Answer;
import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.server.audit.AuditEvent.AnswerFacts;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.query.AnswerWitness;
import dev.zhiku.server.status.GeneratorState;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes every question with what its answer rests on into the audit log, before its end is shown
 * to whoever asked it.
 */
public final class AnswerAudit implements AnswerWitness {
  private static final String WRITTEN = "zhiku.audit.answer";

  private final AuditLog log;
  private final GeneratorState generator;
  private final boolean questions;

  /**
   * @param generator says in which form the model is asked
   * @param questions whether the text of questions is kept
   */
  public AnswerAudit(AuditLog log, GeneratorState generator, boolean questions) {
    this.log = log;
    this.generator = generator;
    this.questions = questions;
  }

  /** Whether the record of a request is written when its answer ends. */
  static boolean isWritten(HttpRequest<?> request) {
    return request.getAttribute(WRITTEN).isPresent();
  }

  @Override
  public Consumer<AnswerEvent> of(Question question, Scope scope) {
    Optional<HttpRequest<Object>> request = ServerRequestContext.currentRequest();
    return request
        .<Consumer<AnswerEvent>>map(asked -> new Watched(asked, question))
        .orElseThrow(() -> new IllegalStateException("a question was asked without a request"));
  }

  /** One question of a request. */
  private final class Watched implements Consumer<AnswerEvent> {
    private final HttpRequest<?> request;
    private final Question question;
    private List<ScoredPassage> found = List.of();

    Watched(HttpRequest<?> request, Question question) {
      this.request = request;
      this.question = question;
    }

    @Override
    public void accept(AnswerEvent event) {
      request.setAttribute(WRITTEN, true);
      switch (event) {
        case AnswerEvent.Retrieved retrieved -> found = retrieved.passages();
        case AnswerEvent.Answered end -> write(end.answer());
        case AnswerEvent.NoEvidence end -> write(end.answer());
        case AnswerEvent.PassagesOnly end -> write(end.answer());
        case AnswerEvent.Failed end -> write(end);
        case AnswerEvent.Queued queued -> {}
        case AnswerEvent.Progress progress -> {}
        case AnswerEvent.Reasoning part -> {}
        case AnswerEvent.Text part -> {}
        case AnswerEvent.Unsupported place -> {}
        case AnswerEvent.Withdrawn nothing -> {}
      }
    }

    private void write(Answer answer) {
      Answer.Generator by = answer.generator();
      write(
          answer.status().wireName(),
          new AnswerFacts(
              answer.id(),
              by.backend(),
              by.model().orElse(""),
              promptForm(by),
              answer.indexEpoch(),
              files(answer.passages()),
              kept()));
    }

    private void write(AnswerEvent.Failed end) {
      GeneratorState.Now now = generator.now(question.locale());
      write(
          end.code().wireName(),
          new AnswerFacts(
              end.id(),
              now.backend(),
              now.model().orElse(""),
              now.promptForm().orElse(""),
              0,
              files(found),
              kept()));
    }

    private void write(String outcome, AnswerFacts facts) {
      log.write(RequestEvent.asked(request, outcome, facts));
    }

    private Optional<String> kept() {
      return questions ? Optional.of(question.text()) : Optional.empty();
    }

    /** That of the model in use, if it is the one that wrote this. */
    private String promptForm(Answer.Generator by) {
      GeneratorState.Now now = generator.now(question.locale());
      return now.backend().equals(by.backend()) && now.model().equals(by.model())
          ? now.promptForm().orElse("")
          : "";
    }
  }

  private static List<String> files(List<ScoredPassage> passages) {
    return passages.stream().map(passage -> passage.document().sha256()).distinct().toList();
  }
}
