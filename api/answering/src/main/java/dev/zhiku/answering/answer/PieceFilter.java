package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.grounding.GroundingMarks;
import dev.zhiku.answering.grounding.OutputSanitizer;
import java.util.function.Consumer;

/**
 * The way of a generator's pieces into the draft and to the asker. What a model writes is held back
 * while it may be the word for having no answer, made harmless, and marked where it has no ground.
 * Used by one thread.
 */
final class PieceFilter {
  private final AnswerDraft draft;
  private final boolean written;
  private final boolean grounded;
  private final Consumer<? super AnswerEvent> sink;
  private OutputSanitizer safe;
  private GroundingMarks marked;
  private String begun = "";
  private boolean deciding;

  /**
   * @param written whether a model makes the words; quotes pass as they are
   */
  PieceFilter(AnswerDraft draft, boolean written, Consumer<? super AnswerEvent> sink) {
    this.draft = draft;
    this.written = written;
    this.grounded = draft.question().mode() != Question.Mode.CHAT;
    this.sink = sink;
    this.deciding = written && grounded;
    this.marked = marked();
    this.safe = safe();
  }

  private OutputSanitizer safe() {
    return grounded
        ? OutputSanitizer.ofAnswer(draft.cited(), this::tell)
        : OutputSanitizer.ofChat(this::tell);
  }

  private GroundingMarks marked() {
    return new GroundingMarks(draft.cited(), draft.standalone(), this::send);
  }

  void accept(Piece piece) {
    switch (piece) {
      case Piece.Text part -> text(part.text());
      case Piece.Reasoning part -> {
        draft.appendReasoning(part.text());
        sink.accept(new AnswerEvent.Reasoning(part.text()));
      }
      case Piece.Sorted sorted -> sort(sorted);
    }
  }

  /**
   * There is no more; what was held back is the draft's, and the asker's unless it is a refusal.
   */
  void end() {
    if (deciding) {
      draft.appendText(begun);
    } else if (written) {
      safe.end();
      if (grounded) {
        marked.end();
      }
    }
  }

  private void text(String part) {
    if (!written) {
      tell(part);
    } else if (deciding) {
      begun += part;
      decide();
    } else {
      safe.add(part);
    }
  }

  private void decide() {
    if (!RefusalDetector.mayBegin(begun)) {
      deciding = false;
      safe.add(begun);
    }
  }

  /** Words that turn out to be the answer can still be told, words that do not can't be untold. */
  private void sort(Piece.Sorted sorted) {
    draft.restart(sorted.reasoning());
    safe = safe();
    marked = marked();
    begun = "";
    deciding = written && grounded;
    if (!sorted.text().isEmpty()) {
      text(sorted.text());
    }
  }

  private void tell(String part) {
    draft.appendText(part);
    if (written && grounded) {
      marked.add(part);
    } else {
      send(part);
    }
  }

  private void send(String part) {
    sink.accept(new AnswerEvent.Text(part));
  }
}
