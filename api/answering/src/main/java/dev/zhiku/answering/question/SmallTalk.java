package dev.zhiku.answering.question;

import dev.zhiku.index.words.SearchText;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a user says without asking anything of the documents: a greeting, thanks, an agreement, a
 * question about the service itself. A text is one only as a whole: without these phrases and the
 * frame of a question nothing may be left of it. The phrases are in one file a language. Pure.
 */
public enum SmallTalk {
  GREETING,
  THANKS,
  AGREED,
  FAREWELL,
  /** How it is used, said without naming it: in a conversation that may mean its subject. */
  HELP,
  /** What the service is, what it can do, what it holds, how it is used. */
  ABOUT;

  /** Longest text that can be one, in characters; what is longer asks for something. */
  private static final int MAX_CHARS = 80;

  private static final List<String> FILES = List.of("talk_zh.txt", "talk_en.txt");
  private static final Map<SmallTalk, Phrases> PHRASES = phrases();

  /** The kind of a text that is one; of several in one text the one that asks most. */
  public static Optional<SmallTalk> of(String text) {
    String normalized = SearchText.normalize(text);
    if (normalized.length() > MAX_CHARS) {
      return Optional.empty();
    }
    Optional<SmallTalk> said = Optional.empty();
    int to = normalized.length();
    for (int at = Phrases.afterSeparators(normalized, 0, to); at < to; ) {
      int length = QuestionFrame.phrase(normalized, at);
      for (SmallTalk kind : values()) {
        int own = phrases(kind).longest(normalized, at, to);
        if (own > 0 && own >= length) {
          length = own;
          said = Optional.of(said.filter(before -> before.compareTo(kind) > 0).orElse(kind));
        }
      }
      if (length == 0) {
        return Optional.empty();
      }
      at = Phrases.afterSeparators(normalized, at + length, to);
    }
    return said;
  }

  private static Phrases phrases(SmallTalk kind) {
    return Objects.requireNonNull(PHRASES.get(kind));
  }

  private static Map<SmallTalk, Phrases> phrases() {
    Map<SmallTalk, Phrases> phrases = new EnumMap<>(SmallTalk.class);
    for (SmallTalk kind : values()) {
      phrases.put(kind, Phrases.of(FILES, "[" + kind.name().toLowerCase(Locale.ROOT) + "]"));
    }
    return phrases;
  }
}
