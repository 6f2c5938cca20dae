package dev.zhiku.server.mcp;

import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.Failed;
import dev.zhiku.answering.answer.AnswerEvent.NoEvidence;
import dev.zhiku.answering.answer.AnswerEvent.PassagesOnly;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.answer.Question.Mode;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.server.query.AnswerConfig;
import dev.zhiku.server.query.AnswerRun;
import dev.zhiku.server.query.AnswerRuns;
import dev.zhiku.server.query.QuestionReader;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.Map;

/** The tools {@code search} and {@code ask}: questions to the documents. Thread-safe. */
@Singleton
final class AnswerTools {
  private final AnswerRuns runs;
  private final QuestionReader reader;
  final Tool search = new AnswerTool("search", Mode.PASSAGES, Search.class);
  final AnswerTool ask = new AnswerTool("ask", Mode.ANSWER, Ask.class);

  AnswerTools(AnswerRuns runs, SearchConfig search, AnswerConfig answers) {
    this.runs = runs;
    this.reader = new QuestionReader(search, answers);
  }

  /** Arguments of {@code search}, as those of {@code POST /query}. */
  private record Search(String question, @Nullable Integer topK, @Nullable Map<?, ?> filter) {}

  /** Arguments of {@code ask}, as those of {@code POST /query}. */
  private record Ask(
      String question,
      @Nullable Integer topK,
      @Nullable Map<?, ?> filter,
      @Nullable Boolean reasoning) {}

  /** One of the two. */
  final class AnswerTool implements Tool {
    private final String name;
    private final Mode mode;
    private final Class<? extends Record> arguments;

    private AnswerTool(String name, Mode mode, Class<? extends Record> arguments) {
      this.name = name;
      this.mode = mode;
      this.arguments = arguments;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Class<? extends Record> arguments() {
      return arguments;
    }

    @Override
    public ToolResult call(ToolCall call) throws InterruptedException {
      AnswerRun run = start(call);
      try {
        return result(run.awaitTerminal(call.connection()), call);
      } finally {
        call.running().leave(run);
      }
    }

    /** Begins to answer; whoever starts it sees to it that it leaves its place. */
    AnswerRun start(ToolCall call) throws InterruptedException {
      runs.requirePlace(call.scope());
      AnswerRun run =
          runs.start(reader.question(call.arguments(), mode, call.locale()), call.scope(), false);
      call.running().enter(run);
      return run;
    }

    /** What comes of it. */
    ToolResult result(Terminal end, ToolCall call) {
      return switch (end) {
        case Answered answered ->
            new ToolResult.Done(CheckedAnswer.of(answered.answer(), call.base()));
        case NoEvidence none -> new ToolResult.Done(CheckedAnswer.of(none.answer(), call.base()));
        case PassagesOnly found ->
            new ToolResult.Done(FoundPassages.of(found.answer().passages(), call.base()));
        case Failed failed ->
            new ToolResult.Refused(
                failed.code().wireName(), failed.detail() + " " + failed.remedy());
      };
    }
  }
}
