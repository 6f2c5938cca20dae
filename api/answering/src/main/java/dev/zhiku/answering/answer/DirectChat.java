package dev.zhiku.answering.answer;

import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.Queued;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.Handover.Ability;
import dev.zhiku.answering.chat.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Talks to the model without a look into the documents. Nobody stands in for it: quotes are no
 * answer to somebody who asks it alone. Thread-safe.
 */
final class DirectChat {
  private static final Logger LOG = LoggerFactory.getLogger(DirectChat.class);

  private final ChatBackend backend;
  private final Prompt.Limits limits;

  DirectChat(ChatBackend backend, Prompt.Limits limits) {
    this.backend = backend;
    this.limits = limits;
  }

  Terminal answer(
      AnswerDraft draft, GenerationQueue.Place place, Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    if (!backend.model().aiGenerated()) {
      return AnswerFailures.noModel(draft);
    }
    Optional<FailureCode> lacking = lacking(draft.question());
    if (lacking.isPresent()) {
      return AnswerFailures.unanswered(draft, lacking.get());
    }
    place.awaitTurn(position -> sink.accept(new Queued(position)));
    try {
      return write(draft, sink);
    } catch (ChatException.PromptTooLong e) {
      return AnswerFailures.unanswered(draft, FailureCode.PROMPT_TOO_LONG);
    } catch (ChatException e) {
      LOG.warn("query {}: {}", draft.id(), e.getMessage());
      return draft.isStarted()
          ? AnswerFailures.brokenOff(draft, e)
          : AnswerFailures.unanswered(draft, AnswerFailures.code(e));
    }
  }

  private Optional<FailureCode> lacking(Question question) {
    Set<Ability> needs = question.wishes().handover().needs(question.conversation());
    needs.removeAll(backend.abilities());
    return needs.stream()
        .findFirst()
        .map(
            ability ->
                switch (ability) {
                  case TOOLS, TOOL_CHOICE -> FailureCode.TOOLS_UNSUPPORTED;
                  case JSON -> FailureCode.FORMAT_UNSUPPORTED;
                });
  }

  private Terminal write(AnswerDraft draft, Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    PromptWriter.Plan plan =
        new PromptWriter(backend, limits).plan(draft.question(), draft.standalone(), List.of());
    draft.planned(plan);
    PieceFilter filter = new PieceFilter(draft, true, SupportRule.NONE, sink);
    GenerationResult completion = backend.generate(plan.prompt(), filter::accept);
    filter.end();
    draft.completed(completion, true);
    if (!completion.calls().isEmpty()) {
      return new Answered(draft.chatted(backend.model()));
    }
    if (completion.finish() == GenerationResult.Finish.EXHAUSTED) {
      return AnswerFailures.unanswered(draft, FailureCode.REASONING_EXHAUSTED);
    }
    return draft.isSilent(false)
        ? AnswerFailures.unanswered(draft, FailureCode.MODEL_FAILED)
        : new Answered(draft.chatted(backend.model()));
  }
}
