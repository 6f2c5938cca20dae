package dev.zhiku.answering.answer;

import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.answer.AnswerEvent.Text;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.question.SmallTalk;
import dev.zhiku.answering.search.HeldDocuments;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.embedding.Language;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A reply to what asks nothing of the documents: a greeting, thanks, "what can you do?". */
final class FixedReply {
  /** Names of files that say what there is. */
  private static final int NAMED = 5;

  private final Retriever retriever;
  private final ModelDescription writer;

  /**
   * @param writer who is named as the writer: no language model
   */
  FixedReply(Retriever retriever, ModelDescription writer) {
    this.retriever = retriever;
    this.writer = writer;
  }

  /** The kind of small talk, if neither the documents nor a model alone are asked. */
  static Optional<SmallTalk> to(Question question) {
    return question.mode() == Question.Mode.ANSWER
        ? SmallTalk.of(question.text())
            .filter(said -> said != SmallTalk.HELP || question.conversation().isEmpty())
        : Optional.empty();
  }

  Terminal reply(SmallTalk said, AnswerDraft draft, Scope scope, Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    Locale locale = Language.localeOf(draft.question().text());
    boolean asksAbout = said == SmallTalk.ABOUT || said == SmallTalk.HELP;
    String reply = asksAbout ? about(locale, draft, scope) : AnswerTexts.reply(locale, said);
    sink.accept(new Text(reply));
    return new Answered(draft.replied(reply, writer));
  }

  private String about(Locale locale, AnswerDraft draft, Scope scope) throws InterruptedException {
    HeldDocuments.Holdings holdings =
        retriever.documents().holdings(scope, draft.question().filter(), NAMED);
    return AnswerTexts.about(locale, holdings.files(), holdings.names());
  }
}
