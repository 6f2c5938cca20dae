package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.grounding.CitationForms;
import dev.zhiku.answering.grounding.GroundingMarks;
import dev.zhiku.answering.markdown.SafeMarkdown;
import java.util.function.Consumer;

/**
 * The way of a generator's pieces into the draft and to the asker. What a model writes is held back
 * while it may be the word for having no answer, and marked where it has no ground; the draft has
 * it like that, the asker as Markdown in which nothing acts. Used by one thread.
 */
final class PieceFilter {
  private final AnswerDraft draft;
  private final boolean written;
  private final boolean grounded;
  private final SafeMarkdown thoughts;
  private final SafeMarkdown words;
  private CitationForms numbers;
  private GroundingMarks marked;
  private String begun = "";
  private boolean deciding;

  /**
   * @param written whether a model makes the words; quotes are neither held back nor marked
   */
  PieceFilter(AnswerDraft draft, boolean written, Consumer<? super AnswerEvent> sink) {
    this.draft = draft;
    this.written = written;
    this.grounded = draft.question().mode() != Question.Mode.CHAT;
    this.thoughts = new SafeMarkdown(part -> sink.accept(new AnswerEvent.Reasoning(part)));
    this.words = new SafeMarkdown(part -> sink.accept(new AnswerEvent.Text(part)));
    this.deciding = written && grounded;
    this.marked = marked();
    this.numbers = numbers();
  }

  private CitationForms numbers() {
    return CitationForms.ofAnswer(draft.cited(), this::tell);
  }

  private GroundingMarks marked() {
    return new GroundingMarks(draft.cited(), draft.standalone(), words::add);
  }

  void accept(Piece piece) {
    switch (piece) {
      case Piece.Text part -> text(part.text());
      case Piece.Reasoning part -> {
        draft.appendReasoning(part.text());
        thoughts.add(part.text());
      }
      case Piece.Sorted sorted -> sort(sorted);
    }
  }

  /**
   * There is no more; what was held back is the draft's, and the asker's unless it is a refusal.
   */
  void end() {
    thoughts.end();
    if (deciding) {
      draft.appendText(begun);
    } else if (written && grounded) {
      numbers.end();
      marked.end();
    }
    words.end();
  }

  private void text(String part) {
    thoughts.end();
    if (!written || !grounded) {
      tell(part);
    } else if (deciding) {
      begun += part;
      decide();
    } else {
      numbers.add(part);
    }
  }

  private void decide() {
    if (!RefusalDetector.mayBegin(begun)) {
      deciding = false;
      numbers.add(begun);
    }
  }

  /** Words that turn out to be the answer can still be told, words that do not can't be untold. */
  private void sort(Piece.Sorted sorted) {
    draft.restart(sorted.reasoning());
    numbers = numbers();
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
      words.add(part);
    }
  }
}
