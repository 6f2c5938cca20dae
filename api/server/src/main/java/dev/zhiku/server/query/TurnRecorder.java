package dev.zhiku.server.query;

import dev.zhiku.answering.answer.Answer;
import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.FailureCode;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.server.conversations.KeptTurn;
import dev.zhiku.server.conversations.Talk;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a question in its conversation while it is answered: when it begins and when it ends. Used
 * by the thread that answers.
 */
final class TurnRecorder implements Consumer<AnswerEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(TurnRecorder.class);

  private final Talk talk;
  private final Question question;
  private final JsonMapper json;
  private final InstantSource clock;
  private final StringBuilder text = new StringBuilder();
  private Optional<KeptTurn> turn = Optional.empty();

  TurnRecorder(Talk talk, Question question, JsonMapper json, InstantSource clock) {
    this.talk = talk;
    this.question = question;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void accept(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.Retrieved found -> begin(found);
      case AnswerEvent.Text part -> text.append(part.text());
      case AnswerEvent.Withdrawn nothing -> text.setLength(0);
      case AnswerEvent.Answered end -> end(end.answer());
      case AnswerEvent.NoEvidence end -> end(end.answer());
      case AnswerEvent.PassagesOnly end -> end(end.answer());
      case AnswerEvent.Failed end -> fail(end);
      case AnswerEvent.Queued queued -> {}
      case AnswerEvent.Progress progress -> {}
      case AnswerEvent.Reasoning part -> {}
      case AnswerEvent.Unsupported place -> {}
    }
  }

  private void begin(AnswerEvent.Retrieved found) {
    List<String> documents =
        found.passages().stream().map(p -> p.document().id().value()).distinct().toList();
    String mode = question.mode().name().toLowerCase(Locale.ROOT);
    Instant now = Instant.ofEpochMilli(clock.millis());
    turn =
        Optional.of(talk.begin(KeptTurn.begun(found.id(), mode, question.text(), now, documents)));
  }

  private void end(Answer answer) {
    keep(
        begun ->
            begun.ended(
                answer.status().wireName(),
                answer.text().orElse(""),
                Optional.of(written(answer)),
                Optional.empty()));
  }

  private void fail(AnswerEvent.Failed end) {
    boolean stopped = end.code() == FailureCode.STOPPED;
    keep(
        begun ->
            begun.ended(
                stopped ? KeptTurn.STOPPED : KeptTurn.FAILED,
                text.toString(),
                Optional.empty(),
                Optional.of(
                    new KeptTurn.Failure(
                        end.code().wireName(),
                        end.detail(),
                        end.remedy(),
                        end.code().isRetryable()))));
  }

  /** An answer that cannot be kept now is given all the same. */
  private void keep(UnaryOperator<KeptTurn> ending) {
    try {
      turn.map(ending).ifPresent(talk::end);
    } catch (RuntimeException e) {
      LOG.error("an answer was not kept in its conversation", e);
    }
  }

  private String written(Answer answer) {
    try {
      return json.writeValueAsString(WireMapping.response(answer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
