package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.grounding.CitationForms;
import dev.zhiku.answering.grounding.GroundingMarks;
import dev.zhiku.answering.markdown.SafeMarkdown;
import dev.zhiku.answering.watch.ModelWatch;
import java.util.function.Consumer;

/**
 * The way of a generator's pieces into the draft and to the asker. What a model writes is watched,
 * held back while it may be the word for having no answer or has no ground yet, and marked where it
 * has none; the draft has it like that, the asker as Markdown in which nothing acts. Used by one
 * thread.
 */
final class PieceFilter {
  private final AnswerDraft draft;
  private final boolean grounded;
  private final SupportRule rule;
  private final boolean again;
  private final Consumer<? super AnswerEvent> sink;
  private final SafeMarkdown thoughts;
  private ToldText told;
  private SafeMarkdown words;
  private HeldText held;
  private ModelWatch watch = new ModelWatch();
  private CitationForms numbers;
  private GroundingMarks marked;
  private String begun = "";
  private boolean deciding;
  private boolean unsupported;
  private boolean toBeAskedAgain;

  /** The model went wrong and is to be stopped. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("the model went wrong", null, false, false);
    }
  }

  /** Of a generator that is asked once. */
  PieceFilter(
      AnswerDraft draft, boolean written, SupportRule rule, Consumer<? super AnswerEvent> sink) {
    this(draft, written, rule, false, sink);
  }

  /**
   * @param rule when words are held back for want of support
   * @param written whether a model makes the words; quotes are neither held back nor marked
   * @param again whether it can be asked once more
   */
  PieceFilter(
      AnswerDraft draft,
      boolean written,
      SupportRule rule,
      boolean again,
      Consumer<? super AnswerEvent> sink) {
    this.again = again;
    this.draft = draft;
    this.grounded = written && draft.question().mode() != Question.Mode.CHAT;
    this.rule = grounded ? rule : SupportRule.NONE;
    this.sink = sink;
    this.thoughts = new SafeMarkdown(part -> sink.accept(new AnswerEvent.Reasoning(part)));
    this.told = told();
    this.words = words();
    this.held = held();
    this.marked = marked();
    this.numbers = numbers();
    this.deciding = grounded;
  }

  private ToldText told() {
    return new ToldText(number -> marked.isMade(number), sink);
  }

  private SafeMarkdown words() {
    return new SafeMarkdown(told::add);
  }

  private HeldText held() {
    return new HeldText(
        rule,
        draft.question().wishes().irrevocable(),
        () -> marked.support(),
        part -> words.add(part));
  }

  private GroundingMarks marked() {
    return new GroundingMarks(
        draft.cited(), draft.standalone(), draft.likeness(), part -> held.add(part));
  }

  private CitationForms numbers() {
    return CitationForms.ofAnswer(draft.cited(), draft.numbers(), this::tell);
  }

  /**
   * @throws Stopped once the model went wrong; {@link #end} is to be called all the same
   */
  void accept(Piece piece) {
    switch (piece) {
      case Piece.Text part -> text(part.text());
      case Piece.Reasoning part -> {
        draft.appendReasoning(part.text());
        thoughts.add(part.text());
      }
      case Piece.Sorted sorted -> sort(sorted);
    }
    if (watch.trouble().isPresent()) {
      throw new Stopped();
    }
  }

  /**
   * There is no more; what was held back is the draft's, and the asker's unless it is a refusal.
   */
  void end() {
    thoughts.end();
    if (grounded) {
      watched(watch.end());
      watch.trouble().ifPresent(this::cut);
      endWords();
      judge();
    }
    words.end();
  }

  private void endWords() {
    if (deciding) {
      draft.appendText(begun);
    } else {
      numbers.end();
      marked.end();
    }
  }

  /** What was told beyond what is sound is taken back, and the sound part told again. */
  private void cut(ModelWatch.Trouble trouble) {
    draft.warn(
        Warning.of(
            switch (trouble.kind()) {
              case REPEATED -> WarningCode.MODEL_REPEATED;
              case STRAYED -> WarningCode.MODEL_STRAYED;
            }));
    if (watch.handedTooMuch()) {
      takeBack();
      draft.restartText();
      numbers = numbers();
      marked = marked();
      begun = "";
      deciding = true;
      watched(watch.sound().stripTrailing());
    }
  }

  private void takeBack() {
    boolean isTold = held.isTold();
    if (isTold && !draft.question().wishes().irrevocable()) {
      sink.accept(new AnswerEvent.Withdrawn());
      told = told();
      words = words();
    } else if (isTold) {
      words = new SafeMarkdown(part -> {});
    }
    held = held();
  }

  /** What turns out to be no answer, or to have no ground, is taken back as far as it was told. */
  private void judge() {
    boolean silent = draft.isSilent(true);
    boolean stopped = watch.trouble().isPresent();
    boolean elsewhere = !silent && draft.isInOtherLanguage();
    toBeAskedAgain =
        elsewhere && again && !(held.isTold() && draft.question().wishes().irrevocable());
    unsupported = rule.withholds() && (silent ? stopped : marked.support().isBelow(rule.least()));
    if (toBeAskedAgain || (rule.withholds() && (silent || unsupported))) {
      held.drop();
      takeBack();
    } else {
      held.release();
      if (elsewhere) {
        draft.warn(Warning.of(WarningCode.MODEL_LANGUAGE));
      }
    }
  }

  /** Whether the answer was in another language than the question, and the asker has none of it. */
  boolean isToBeAskedAgain() {
    return toBeAskedAgain;
  }

  /** What the model wrote. */
  String handed() {
    return watch.written();
  }

  /** Whether too little of what was written is supported; the asker has nothing of it then. */
  boolean isUnsupported() {
    return unsupported;
  }

  private void text(String part) {
    thoughts.end();
    if (grounded) {
      watched(watch.add(part));
    } else {
      tell(part);
    }
  }

  private void watched(String part) {
    if (deciding) {
      begun += part;
      if (!RefusalDetector.mayBegin(begun)) {
        deciding = false;
        numbers.add(begun);
      }
    } else {
      numbers.add(part);
    }
  }

  /** Words that turn out to be the answer can still be told, words that do not can't be untold. */
  private void sort(Piece.Sorted sorted) {
    draft.restart(sorted.reasoning());
    watch = new ModelWatch();
    numbers = numbers();
    marked = marked();
    told.countMarksAnew();
    held.drop();
    begun = "";
    deciding = grounded;
    if (!sorted.text().isEmpty()) {
      text(sorted.text());
    }
  }

  private void tell(String part) {
    draft.appendText(part);
    if (grounded) {
      marked.add(part);
    } else if (draft.isJson()) {
      told.add(part);
    } else {
      held.add(part);
    }
  }
}
