package dev.zhiku.answering.answer;

import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.Failed;
import dev.zhiku.answering.answer.AnswerEvent.NoEvidence;
import dev.zhiku.answering.answer.AnswerEvent.PassagesOnly;
import dev.zhiku.answering.answer.AnswerEvent.Progress;
import dev.zhiku.answering.answer.AnswerEvent.Queued;
import dev.zhiku.answering.answer.AnswerEvent.Reasoning;
import dev.zhiku.answering.answer.AnswerEvent.Retrieved;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.answer.AnswerEvent.Text;
import dev.zhiku.answering.answer.AnswerEvent.Unsupported;
import dev.zhiku.answering.answer.AnswerEvent.Withdrawn;
import dev.zhiku.answering.chat.ToolCall;
import dev.zhiku.answering.grounding.Citation;
import dev.zhiku.answering.masking.MaskedPieces;
import dev.zhiku.answering.masking.Masking;
import dev.zhiku.answering.search.Retrieval;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The events of an answer with what their asker is not to see covered, also where a number comes in
 * several pieces. The passages are covered already when they are found; this covers what a model
 * and the asker wrote. Used by the thread that answers.
 */
public final class MaskedEvents implements Consumer<AnswerEvent> {
  private final Masking masking;
  private final Consumer<? super AnswerEvent> sink;
  private final MaskedPieces text;
  private final MaskedPieces reasoning;
  private final Deque<Unsupported> marked = new ArrayDeque<>();

  /** Code points of the text that have gone on. */
  private int told;

  private MaskedEvents(Masking masking, Consumer<? super AnswerEvent> sink) {
    this.masking = masking;
    this.sink = sink;
    this.text = new MaskedPieces(masking);
    this.reasoning = new MaskedPieces(masking);
  }

  /** A consumer of events that hands them on to the sink covered. */
  public static Consumer<? super AnswerEvent> of(
      Masking masking, Consumer<? super AnswerEvent> sink) {
    return masking.isOn() ? new MaskedEvents(masking, sink) : sink;
  }

  @Override
  public void accept(AnswerEvent event) {
    switch (event) {
      case Text part -> {
        hand(reasoning.end(), true);
        hand(text.add(part.text()), false);
        mark(told);
      }
      case Unsupported place -> {
        marked.add(place);
        mark(told);
      }
      case Reasoning part -> hand(reasoning.add(part.text()), true);
      case Withdrawn nothing -> {
        text.clear();
        marked.clear();
        told = 0;
        sink.accept(nothing);
      }
      case Retrieved found ->
          sink.accept(new Retrieved(found.id(), Retrieval.masked(found.passages(), masking)));
      case Queued queued -> sink.accept(queued);
      case Progress progress -> sink.accept(progress);
      case Terminal end -> {
        hand(reasoning.end(), true);
        hand(text.end(), false);
        mark(Integer.MAX_VALUE);
        sink.accept(masked(end));
      }
    }
  }

  private void hand(String part, boolean thought) {
    if (!part.isEmpty()) {
      sink.accept(thought ? new Reasoning(part) : new Text(part));
      told += thought ? 0 : part.codePointCount(0, part.length());
    }
  }

  /** Tells the places whose mark has gone on: covering changes no length. */
  private void mark(int until) {
    while (!marked.isEmpty() && marked.getFirst().position() < until) {
      sink.accept(marked.removeFirst());
    }
  }

  private Terminal masked(Terminal end) {
    return switch (end) {
      case Answered answered -> new Answered(masked(answered.answer()));
      case NoEvidence none -> new NoEvidence(masked(none.answer()));
      case PassagesOnly passages -> new PassagesOnly(masked(passages.answer()));
      case Failed failed -> failed;
    };
  }

  private Answer masked(Answer answer) {
    return new Answer(
        answer.id(),
        answer.status(),
        masked(answer.question()),
        masking.mask(answer.standaloneQuestion()),
        masking.mask(answer.text()),
        masking.mask(answer.unsupported()),
        masking.mask(answer.reasoning()),
        answer.finish(),
        answer.calls().stream().map(this::masked).toList(),
        answer.generator(),
        answer.citations().stream().map(this::masked).toList(),
        Retrieval.masked(answer.passages(), masking),
        answer.indexEpoch(),
        answer.budget(),
        answer.warnings(),
        answer.timings());
  }

  private Question masked(Question question) {
    return new Question(
        masking.mask(question.text()),
        question.topK(),
        question.mode(),
        question.reasoning(),
        question.filter(),
        question.conversation(),
        question.locale(),
        question.wishes());
  }

  private ToolCall masked(ToolCall call) {
    return new ToolCall(call.id(), call.name(), masking.mask(call.arguments()));
  }

  private Citation masked(Citation citation) {
    return new Citation(
        citation.number(),
        Retrieval.masked(List.of(citation.found()), masking).getFirst(),
        masking.mask(citation.quote()),
        citation.verified(),
        citation.by());
  }
}
