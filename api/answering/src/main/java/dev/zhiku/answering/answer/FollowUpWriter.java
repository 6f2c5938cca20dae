package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.answering.chat.Turn.Role;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.index.words.Words;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a follow-up self-contained before anything is looked for: by the model, where one is free
 * at once, else by the rule of {@link FollowUp}. What the model makes of it is taken only if its
 * words and figures come from the conversation. Thread-safe.
 */
final class FollowUpWriter {
  private static final Logger LOG = LoggerFactory.getLogger(FollowUpWriter.class);

  /** The asker waits for it before anything is shown. */
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private static final int QUESTION_TOKENS = 128;
  private static final int REASONING_TOKENS = 512;

  /**
   * The newest turns say what a follow-up points to; each is read as far as this, in code points.
   */
  private static final int TURNS = 4;

  private static final int TURN_CHARS = 400;
  private static final int MAX_CHARS = 300;

  /** A question of its own may bring words that were not said, such as "how" and "which". */
  private static final double LEAST_SHARE_OF_WORDS_SAID = 0.5;

  private static final Pattern LABEL =
      Pattern.compile("^(?i)[^:：]{0,12}(question|问题|问句)[^:：]{0,4}[:：]\\s*");
  private static final Pattern LIST_MARK = Pattern.compile("^(?:[-*•>＞]+|\\d{1,2}[.)、])\\s*");

  /**
   * Texts that ask something or ask for it. A statement is an answer: a search for it finds itself.
   */
  private static final Pattern ASKS =
      Pattern.compile(
          "(?is).*[?？]\\s*[\"”」』]?\\s*$"
              + "|.*(什么|多少|多久|多大|几|谁|哪|怎|如何|是否|能否|可否|为何|吗|呢).*"
              + "|^(请|列出|说明|介绍|解释|总结|比较|给出|告诉).*"
              + "|^(who|what|when|where|why|which|whose|whom|how|is|are|was|were|do|does|did|has|have|had"
              + "|can|could|should|shall|may|might|must|will|would|list|show|tell|explain|describe|give"
              + "|name|compare|summari[sz]e|find|define)\\b.*");

  private static final Pattern QUOTED = Pattern.compile("^[\"“「『](.*)[\"”」』]$");
  private static final Pattern FIGURE = Pattern.compile("\\d+");

  private final ChatBackend backend;

  FollowUpWriter(ChatBackend backend) {
    this.backend = backend;
  }

  /**
   * The question to look for.
   *
   * @param byRule whether a rule put it together, which may miss the point
   * @param took time that a model took for it
   */
  record Standalone(String question, boolean byRule, Duration took) {}

  /**
   * @param place whose turn the model's work is; it is taken only if it is free at once
   */
  Standalone of(Question question, GenerationQueue.Place place) throws InterruptedException {
    long start = System.nanoTime();
    if (!FollowUp.mayPointBack(question)) {
      return new Standalone(question.text(), false, Duration.ZERO);
    }
    Optional<String> written = canWrite(question, place) ? write(question) : Optional.empty();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return written
        .map(text -> new Standalone(text, false, took))
        .orElseGet(() -> byRule(question, took));
  }

  private static Standalone byRule(Question question, Duration took) {
    String joined = FollowUp.standalone(question);
    return new Standalone(joined, !joined.equals(question.text()), took);
  }

  private boolean canWrite(Question question, GenerationQueue.Place place) {
    return question.mode() == Question.Mode.ANSWER
        && backend.model().aiGenerated()
        && backend.health() instanceof ChatBackend.Health.Ready
        && place.tryTurn();
  }

  private Optional<String> write(Question question) throws InterruptedException {
    String conversation = conversation(question);
    Prompt prompt =
        new Prompt(
            AnswerTexts.followUpSystem(Language.localeOf(question.text())),
            List.of(),
            conversation,
            List.of(),
            false,
            new Prompt.Limits(QUESTION_TOKENS, REASONING_TOKENS, DEADLINE));
    StringBuilder text = new StringBuilder();
    try {
      backend.generate(prompt, piece -> Piece.addText(piece, text));
    } catch (ChatException e) {
      LOG.info("A follow-up was put together by the rule: {}", e.getMessage());
      return Optional.empty();
    }
    return question(text.toString()).filter(written -> isSaidIn(conversation, written));
  }

  private static String conversation(Question question) {
    List<Turn> turns = question.conversation();
    StringBuilder text = new StringBuilder();
    for (Turn turn : turns.subList(Math.max(0, turns.size() - TURNS), turns.size())) {
      text.append(turn.role() == Role.USER ? "- " : "> ")
          .append(begin(turn.content()))
          .append('\n');
    }
    return text.append("- ").append(question.text()).toString();
  }

  private static String begin(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    int length = line.codePointCount(0, line.length());
    return length <= TURN_CHARS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, TURN_CHARS)) + "…";
  }

  /** The first line that is a question; models add labels, quotes and explanations. */
  private static Optional<String> question(String text) {
    return text.lines()
        .map(line -> LIST_MARK.matcher(line.strip()).replaceFirst(""))
        .map(line -> LABEL.matcher(line).replaceFirst(""))
        .map(FollowUpWriter::unquoted)
        .filter(line -> !line.isBlank() && line.codePointCount(0, line.length()) <= MAX_CHARS)
        .findFirst()
        .filter(line -> ASKS.matcher(line).matches());
  }

  private static String unquoted(String line) {
    Matcher quoted = QUOTED.matcher(line);
    return quoted.matches() ? quoted.group(1).strip() : line;
  }

  /** An invented question would be answered well, and be the wrong one. */
  private static boolean isSaidIn(String conversation, String written) {
    Matcher figures = FIGURE.matcher(written);
    while (figures.find()) {
      if (!conversation.contains(figures.group())) {
        return false;
      }
    }
    Set<String> said = new HashSet<>(Words.of(conversation).terms());
    List<String> words = Words.of(written).terms().stream().distinct().toList();
    long known = words.stream().filter(said::contains).count();
    return !words.isEmpty() && known >= LEAST_SHARE_OF_WORDS_SAID * words.size();
  }
}
