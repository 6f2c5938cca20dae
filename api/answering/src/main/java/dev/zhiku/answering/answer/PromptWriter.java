package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.Handover;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.answering.context.PassageLayout;
import dev.zhiku.answering.context.Placed;
import dev.zhiku.answering.problem.AnsweringText;
import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.embedding.Language;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

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
   * @param layout of the passages where they stand in an order of their own
   */
  record Plan(
      Prompt prompt, int tokens, boolean reliable, int passages, Optional<PassageLayout> layout) {
    /** With its passages in the order of their numbers. */
    Plan(Prompt prompt, int tokens, boolean reliable, int passages) {
      this(prompt, tokens, reliable, passages, Optional.empty());
    }

    /** Tokens of the plan that are set aside for what a template puts around turns and passages. */
    int frames() {
      return TURN_TOKENS * (2 + prompt.history().size()) + FRAME_TOKENS * prompt.passages().size();
    }

    /** The numbers that clients know the passages by, in the order of the prompt. */
    List<Integer> numbers() {
      return layout
          .map(placed -> placed.passages().stream().map(Placed::number).toList())
          .orElseGet(() -> IntStream.rangeClosed(1, passages).boxed().toList());
    }

    /** Numbers of the passages left out because a better one says the same. */
    List<Integer> repeated() {
      return layout.map(PassageLayout::repeated).orElse(List.of());
    }

    /**
     * Numbers of the passages that did not fit.
     *
     * @param offered passages that there were
     */
    List<Integer> withoutRoom(int offered) {
      return layout
          .map(PassageLayout::withoutRoom)
          .orElseGet(() -> IntStream.rangeClosed(passages + 1, offered).boxed().toList());
    }
  }

  /**
   * As many of the passages as fit, best first.
   *
   * @param found nothing where the model is talked to without documents
   * @throws ChatException.PromptTooLong if the question, or not even one passage beside it, fits
   */
  Plan plan(Question question, String standalone, List<ScoredPassage> found) {
    Prompt empty = empty(question, standalone);
    return filled(empty, found, 1, room(question.reasoning(), empty.limits()));
  }

  /**
   * As many of the passages as fit, in the order in which a model reads them best.
   *
   * @param before passages of the conversation's prompt before, in its order
   * @throws ChatException.PromptTooLong if the question, or not even one passage beside it, fits
   */
  Plan laidOut(
      Question question, String standalone, List<ScoredPassage> found, List<PassageId> before) {
    Prompt empty = empty(question, standalone);
    int room = room(question.reasoning(), empty.limits());
    int used = tokens(empty);
    PassageLayout layout = PassageLayout.of(found, before, room - used, this::tokens);
    if (used > room || (layout.passages().isEmpty() && !found.isEmpty())) {
      throw tooLong(used, room);
    }
    List<Prompt.Source> sources = new ArrayList<>();
    for (Placed passage : layout.passages()) {
      sources.add(source(sources.size() + 1, passage));
      used += tokens(passage);
    }
    return new Plan(
        with(empty, sources), used, backend.countsReliably(), sources.size(), Optional.of(layout));
  }

  private Prompt empty(Question question, String standalone) {
    String system = system(question, AnswerTexts::system);
    Prompt.Limits within = within(question.reasoning(), question.wishes());
    int room = room(question.reasoning(), within);
    int used = turn(system) + turn(standalone) + tokens(question.wishes().handover());
    List<Turn> history = history(question.conversation(), (room - used) / HISTORY_SHARE);
    return new Prompt(
        system,
        history,
        standalone,
        List.of(),
        question.reasoning(),
        within,
        question.wishes().sampling(),
        question.wishes().handover());
  }

  /** The tokens of a prompt without its passages. */
  private int tokens(Prompt empty) {
    return turn(empty.system())
        + turn(empty.question())
        + empty.history().stream().mapToInt(this::turn).sum()
        + tokens(empty.handover());
  }

  private int tokens(Handover handover) {
    return handover.later().stream().mapToInt(this::turn).sum()
        + handover.read().stream().mapToInt(this::turn).sum();
  }

  private int tokens(Placed passage) {
    return FRAME_TOKENS
        + backend.countTokens(passage.label())
        + backend.countTokens(passage.text());
  }

  private static Prompt with(Prompt empty, List<Prompt.Source> sources) {
    return new Prompt(
        empty.system(),
        empty.history(),
        empty.question(),
        sources,
        empty.reasoning(),
        empty.limits(),
        empty.sampling(),
        empty.handover());
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
      List<ScoredPassage> found,
      int first,
      int noteTokens,
      Duration left) {
    Prompt.Limits within = new Prompt.Limits(noteTokens, limits.reasoningTokens(), left);
    String system = AnswerTexts.notesSystem(Language.localeOf(question.text()));
    Prompt empty = new Prompt(system, List.of(), standalone, List.of(), false, within);
    return filled(empty, found, first, context - noteTokens);
  }

  /**
   * The answer from notes.
   *
   * @param passages that the notes may cite
   */
  Plan fromNotes(Question question, String standalone, String notes, int passages, Duration left) {
    Prompt.Limits within = within(question.reasoning(), question.wishes());
    Prompt prompt =
        new Prompt(
            system(question, AnswerTexts::fromNotesSystem),
            List.of(),
            notes + "\n" + standalone,
            List.of(),
            question.reasoning(),
            new Prompt.Limits(within.answerTokens(), within.reasoningTokens(), left),
            question.wishes().sampling());
    int tokens = turn(prompt.system()) + turn(prompt.question());
    return new Plan(prompt, tokens, backend.countsReliably(), passages);
  }

  /** Tokens that the notes of all steps may take together. */
  int roomForNotes(Question question, String standalone) {
    Prompt.Limits within = within(question.reasoning(), question.wishes());
    String system = system(question, AnswerTexts::fromNotesSystem);
    return room(question.reasoning(), within) - turn(system) - turn(standalone);
  }

  private int room(boolean reasoning, Prompt.Limits within) {
    return context - within.answerTokens() - (reasoning ? within.reasoningTokens() : 0);
  }

  /** The prompt with as many of the passages as fit into its room. */
  private Plan filled(Prompt empty, List<ScoredPassage> found, int first, int room) {
    boolean reliable = backend.countsReliably();
    int used = tokens(empty);
    List<Prompt.Source> sources = new ArrayList<>();
    for (Placed passage : Placed.inOrder(found, !backend.model().aiGenerated())) {
      int tokens = tokens(passage);
      if (used + tokens > room) {
        break;
      }
      used += tokens;
      sources.add(source(first + sources.size(), passage));
    }
    if (used > room || (sources.isEmpty() && !found.isEmpty())) {
      throw tooLong(used, room);
    }
    return new Plan(with(empty, sources), used, reliable, sources.size());
  }

  /** What a client wishes stands behind the rules of an answer, and is the rule of a chat. */
  private static String system(Question question, Function<Locale, String> answering) {
    Locale language = Language.localeOf(question.text());
    String wished = question.wishes().instructions();
    if (question.mode() == Question.Mode.CHAT) {
      return wished.isEmpty() ? AnswerTexts.chatSystem(language) : wished;
    }
    String rules = answering.apply(language);
    return wished.isEmpty() ? rules : rules + "\n\n" + AnswerTexts.wished(language, wished);
  }

  private static ChatException tooLong(int used, int room) {
    return new ChatException.PromptTooLong(AnsweringText.of("question.fills-context", used, room));
  }

  /** Answer and reasoning take at most half of a small context. */
  private Prompt.Limits within(boolean reasoning, GenerationOptions wishes) {
    int most = context / 2;
    int wanted = Math.min(limits.answerTokens(), wishes.answerTokens().orElse(Integer.MAX_VALUE));
    int answer = Math.min(wanted, reasoning ? most / 2 : most);
    int thought = Math.min(limits.reasoningTokens(), most - answer);
    return new Prompt.Limits(
        answer, reasoning ? thought : limits.reasoningTokens(), limits.deadline());
  }

  private List<Turn> history(List<Turn> conversation, int room) {
    int used = 0;
    int first = conversation.size();
    while (first > 0 && used + turn(conversation.get(first - 1)) <= room) {
      first--;
      used += turn(conversation.get(first));
    }
    while (first < conversation.size() && conversation.get(first).role() == Turn.Role.TOOL) {
      first++; // whose call has no room
    }
    return conversation.subList(first, conversation.size());
  }

  private int turn(Turn turn) {
    return turn(turn.content())
        + turn.calls().stream().mapToInt(call -> turn(call.name() + call.arguments())).sum();
  }

  private int turn(String text) {
    return TURN_TOKENS + backend.countTokens(text);
  }

  private static Prompt.Source source(int number, Placed placed) {
    ScoredPassage found = placed.found();
    return new Prompt.Source(
        number,
        CitationLocation.title(found.document(), found.passage().location()),
        placed.label(),
        placed.goesOn(),
        placed.text(),
        found.score(),
        placed.goesOn() ? List.of() : found.passage().blocks(),
        found.nearest(),
        found.standing(),
        found.columns());
  }
}
