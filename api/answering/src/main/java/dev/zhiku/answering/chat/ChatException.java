package dev.zhiku.answering.chat;

import dev.zhiku.answering.problem.AnsweringText;
import dev.zhiku.index.message.Phrase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a generator did not answer, sorted by what can be done about it. */
public abstract sealed class ChatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Phrase what;

  private ChatException(Phrase what, @Nullable Throwable cause) {
    super(what.english(), cause);
    this.what = what;
  }

  /** What happened, in a sentence. */
  public Phrase what() {
    return what;
  }

  /** Nobody answers at the configured address. */
  public static final class Unreachable extends ChatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param where address of the server, or what else should be there
     */
    public Unreachable(String where, @Nullable Throwable cause) {
      super(AnsweringText.of("server.unreachable", where), cause);
    }

    public Unreachable(Phrase what, @Nullable Throwable cause) {
      super(what, cause);
    }
  }

  /** A limit of time passed. */
  public static final class TimedOut extends ChatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what whose limit it was, the subject of a sentence
     */
    public TimedOut(Phrase what, Duration limit) {
      super(AnsweringText.of("took-too-long", what, seconds(limit)), null);
    }

    private static String seconds(Duration limit) {
      return limit.toMillis() % 1_000 == 0
          ? Long.toString(limit.toSeconds())
          : Double.toString(limit.toMillis() / 1e3);
    }
  }

  /** The server has too much to do; trying later helps. */
  public static final class Overloaded extends ChatException {
    private static final long serialVersionUID = 1L;

    public Overloaded(Phrase what) {
      super(what, null);
    }
  }

  /** The prompt does not fit into the model's context. */
  public static final class PromptTooLong extends ChatException {
    private static final long serialVersionUID = 1L;

    public PromptTooLong(Phrase what) {
      super(what, null);
    }
  }

  /** The server runs and does not have the model. */
  public static final class ModelMissing extends ChatException {
    private static final long serialVersionUID = 1L;

    public ModelMissing(Phrase what) {
      super(what, null);
    }
  }

  /** The server refuses: a wrong key, a forbidden origin. */
  public static final class Refused extends ChatException {
    private static final long serialVersionUID = 1L;

    public Refused(Phrase what) {
      super(what, null);
    }
  }

  /** The server said something that cannot be understood, or broke off. */
  public static final class Broken extends ChatException {
    private static final long serialVersionUID = 1L;

    public Broken(Phrase what, @Nullable Throwable cause) {
      super(what, cause);
    }
  }
}
