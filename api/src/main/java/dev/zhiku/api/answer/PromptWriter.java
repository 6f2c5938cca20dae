package dev.zhiku.api.answer;

import dev.zhiku.api.documents.Places;
import dev.zhiku.api.http.Phrase;
import dev.zhiku.api.search.Found;
import dev.zhiku.index.embedding.Language;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans what is put before a generator, within its context: the answer's own tokens are set aside
 * first, then the question, the newest turns of the conversation, and as many passages as still
 * fit. Thread-safe.
 */
final class PromptWriter {
  /** Tokens around a passage: its number, its title's frame. */
  private static final int FRAME_TOKENS = 16;

  /** Tokens that a chat template puts around a turn. */
  private static final int TURN_TOKENS = 8;

  /** A conversation takes at most this part of what question and answer leave. */
  private static final int HISTORY_SHARE = 3;

  private final ChatBackend backend;
  private final Prompt.Limits limits;
  private final int context;

  PromptWriter(ChatBackend backend, Prompt.Limits limits) {
    this.backend = backend;
    this.limits = limits;
    this.context = backend.model().contextTokens();
  }

  /**
   * A prompt that fits.
   *
   * @param tokens planned for the prompt
   * @param reliable whether {@code tokens} were counted as the model counts
   * @param passages that the answer may cite, from the first on
   */
  record Plan(Prompt prompt, int tokens, boolean reliable, int passages) {}

  /**
   * As many of the passages as fit, best first.
   *
   * @throws ChatException.PromptTooLong if not even one passage fits beside the question
   */
  Plan plan(Question question, String standalone, List<Found> found) {
    String system = AnswerTexts.system(Language.of(question.text()));
    Prompt.Limits within = within(question.reasoning());
    int room = room(question.reasoning(), within);
    int used = turn(system) + turn(standalone);
    List<Turn> history = history(question.conversation(), (room - used) / HISTORY_SHARE);
    return filled(
        new Prompt(system, history, standalone, List.of(), question.reasoning(), within),
        found,
        1,
        room);
  }

  /**
   * As many of the passages as fit, in their order, to take notes from.
   *
   * @param first number of the first of them
   * @param noteTokens most tokens of the notes
   * @param left of the time for the whole answer
   */
  Plan notes(
      Question question,
      String standalone,
      List<Found> found,
      int first,
      int noteTokens,
      Duration left) {
    Prompt.Limits within = new Prompt.Limits(noteTokens, limits.reasoningTokens(), left);
    String system = AnswerTexts.notesSystem(Language.of(question.text()));
    Prompt empty = new Prompt(system, List.of(), standalone, List.of(), false, within);
    return filled(empty, found, first, context - noteTokens);
  }

  /**
   * The answer from notes.
   *
   * @param passages that the notes may cite
   */
  Plan fromNotes(Question question, String standalone, String notes, int passages, Duration left) {
    Prompt.Limits within = within(question.reasoning());
    Prompt prompt =
        new Prompt(
            AnswerTexts.fromNotesSystem(Language.of(question.text())),
            List.of(),
            notes + "\n" + standalone,
            List.of(),
            question.reasoning(),
            new Prompt.Limits(within.answerTokens(), within.reasoningTokens(), left));
    int tokens = turn(prompt.system()) + turn(prompt.question());
    return new Plan(prompt, tokens, backend.countsReliably(), passages);
  }

  /** Tokens that the notes of all steps may take together. */
  int roomForNotes(Question question, String standalone) {
    Prompt.Limits within = within(question.reasoning());
    String system = AnswerTexts.fromNotesSystem(Language.of(question.text()));
    return room(question.reasoning(), within) - turn(system) - turn(standalone);
  }

  private int room(boolean reasoning, Prompt.Limits within) {
    return context - within.answerTokens() - (reasoning ? within.reasoningTokens() : 0);
  }

  /** The prompt with as many of the passages as fit into its room. */
  private Plan filled(Prompt empty, List<Found> found, int first, int room) {
    boolean reliable = backend.countsReliably();
    int used = turn(empty.system()) + turn(empty.question());
    used += empty.history().stream().mapToInt(t -> turn(t.content())).sum();
    List<Prompt.Source> sources = new ArrayList<>();
    for (Found passage : found) {
      Prompt.Source source = source(first + sources.size(), passage);
      int tokens =
          FRAME_TOKENS + backend.countTokens(source.title()) + backend.countTokens(source.text());
      if (used + tokens > room) {
        break;
      }
      used += tokens;
      sources.add(source);
    }
    if (sources.isEmpty() && !found.isEmpty()) {
      throw tooLong(used, room);
    }
    Prompt prompt =
        new Prompt(
            empty.system(),
            empty.history(),
            empty.question(),
            sources,
            empty.reasoning(),
            empty.limits());
    return new Plan(prompt, used, reliable, sources.size());
  }

  private static ChatException tooLong(int used, int room) {
    return new ChatException.PromptTooLong(
        new Phrase(
            "The question takes "
                + used
                + " of "
                + room
                + " tokens and leaves no room for a passage.",
            "问题占用 " + used + " 个词元（共 " + room + " 个），已没有放入段落的空间。"));
  }

  /** Answer and reasoning take at most half of a small context. */
  private Prompt.Limits within(boolean reasoning) {
    int most = context / 2;
    int answer = Math.min(limits.answerTokens(), reasoning ? most / 2 : most);
    int thought = Math.min(limits.reasoningTokens(), most - answer);
    return new Prompt.Limits(
        answer, reasoning ? thought : limits.reasoningTokens(), limits.deadline());
  }

  private List<Turn> history(List<Turn> conversation, int room) {
    int used = 0;
    int first = conversation.size();
    while (first > 0 && used + turn(conversation.get(first - 1).content()) <= room) {
      first--;
      used += turn(conversation.get(first).content());
    }
    return conversation.subList(first, conversation.size());
  }

  private int turn(String text) {
    return TURN_TOKENS + backend.countTokens(text);
  }

  private static Prompt.Source source(int number, Found found) {
    return new Prompt.Source(
        number,
        Places.title(found.document(), found.passage().location()),
        found.passage().text(),
        found.score());
  }
}
