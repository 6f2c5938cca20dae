package dev.zhiku.answering.answer;

import dev.zhiku.answering.answer.PromptWriter.Plan;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads all of one chosen document for a question that asks for all of it ("summarise this
 * contract", 列出所有终止条款): at once if it fits into the model's context, else in steps, each of which
 * leaves notes with the numbers of their passages. Used by one thread.
 */
final class WholeDocument {
  /** Longest document that is read in full, in passages; of longer ones the beginning is. */
  static final int MOST_PASSAGES = 400;

  /** Notes shorter than this say nothing; more steps than have room for them are not taken. */
  private static final int LEAST_NOTE_TOKENS = 96;

  /** Part of the time after which no further step is begun, for the answer takes time too. */
  private static final double READING_SHARE = 0.7;

  private static final Pattern ASKS_FOR_ALL =
      Pattern.compile(
          "(?is).*(总结|概括|摘要|概述|归纳|梳理|主要内容|讲了什么|说了什么|写了什么|讲的是什么|大意|要点"
              + "|列出|罗列|列举|逐条|所有|全部|有哪些|哪些|每一?[条项个]).*"
              + "|.*\\b(summari[sz]e|summary|overview|outline|gist|key points|main points|list"
              + "|enumerate|all (of )?the|all \\w+ (clauses|dates|names|terms|obligations|sections)"
              + "|every|each|what is (this|the|it) .{0,40}\\babout)\\b.*");

  private final PromptWriter prompts;
  private final ChatBackend writer;
  private final Prompt.Limits limits;
  private final long start = System.nanoTime();

  WholeDocument(ChatBackend writer, Prompt.Limits limits) {
    this.prompts = new PromptWriter(writer, limits);
    this.writer = writer;
    this.limits = limits;
  }

  /**
   * The document that all of is asked for, if it is one.
   *
   * @param found for the question, inside its filter
   */
  static Optional<DocumentId> asked(Question question, List<ScoredPassage> found) {
    if (question.mode() != Question.Mode.ANSWER
        || !choosesOne(question.filter())
        || !ASKS_FOR_ALL.matcher(question.text()).matches()) {
      return Optional.empty();
    }
    Set<DocumentId> documents =
        found.stream().map(passage -> passage.document().id()).collect(Collectors.toSet());
    return documents.size() == 1 ? documents.stream().findFirst() : Optional.empty();
  }

  private static boolean choosesOne(Filter filter) {
    return switch (filter) {
      case Filter.AllOf all -> all.filters().stream().anyMatch(WholeDocument::choosesOne);
      case Filter.Documents documents -> documents.ids().size() == 1;
      case Filter.Paths paths -> paths.paths().size() == 1;
      default -> false;
    };
  }

  /**
   * Reads, and plans the answer.
   *
   * @param passages of the document, in order
   * @throws ChatException as {@link ChatBackend#generate} does
   */
  Plan read(
      Question question,
      String standalone,
      List<ScoredPassage> passages,
      Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    Plan atOnce = prompts.plan(question, standalone, passages);
    if (atOnce.passages() == passages.size()) {
      return atOnce;
    }
    int room = prompts.roomForNotes(question, standalone);
    int noteTokens = noteTokens(room, passages.size(), atOnce.passages());
    StringBuilder notes = new StringBuilder();
    int read = 0;
    int used = 0;
    while (read < passages.size() && used + noteTokens <= room && isEarlyEnough()) {
      List<ScoredPassage> rest = passages.subList(read, passages.size());
      Plan part = prompts.notes(question, standalone, rest, read + 1, noteTokens, left());
      String taken = generate(part);
      if (!RefusalDetector.isSaidIn(taken)) {
        notes.append(taken).append('\n');
        used += writer.countTokens(taken) + 1;
      }
      read += part.passages();
      sink.accept(new AnswerEvent.Progress(read, passages.size()));
    }
    return prompts.fromNotes(question, standalone, notes.toString(), read, left());
  }

  private int noteTokens(int room, int passages, int fitting) {
    int steps = (passages + fitting - 1) / fitting + 1;
    return Math.clamp(room / steps, LEAST_NOTE_TOKENS, limits.answerTokens());
  }

  private boolean isEarlyEnough() {
    return System.nanoTime() - start < READING_SHARE * limits.deadline().toNanos();
  }

  private Duration left() {
    Duration left = limits.deadline().minusNanos(System.nanoTime() - start);
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  private String generate(Plan part) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    writer.generate(part.prompt(), piece -> Piece.addText(piece, text));
    return text.toString().strip();
  }
}
