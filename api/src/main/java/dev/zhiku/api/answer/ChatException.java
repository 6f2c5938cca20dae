package dev.zhiku.api.answer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a generator did not answer, sorted by what can be done about it. */
public abstract sealed class ChatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ChatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Nobody answers at the configured address. */
  public static final class Unreachable extends ChatException {
    private static final long serialVersionUID = 1L;

    public Unreachable(String where, Throwable cause) {
      super("The model server at " + where + " cannot be reached.", cause);
    }
  }

  /** A limit of time passed. */
  public static final class TimedOut extends ChatException {
    private static final long serialVersionUID = 1L;

    public TimedOut(String what, Duration limit) {
      super(what + " took longer than " + limit.toSeconds() + " s.", null);
    }
  }

  /** The server has too much to do; trying later helps. */
  public static final class Overloaded extends ChatException {
    private static final long serialVersionUID = 1L;

    public Overloaded(String detail) {
      super(detail, null);
    }
  }

  /** The prompt does not fit into the model's context. */
  public static final class PromptTooLong extends ChatException {
    private static final long serialVersionUID = 1L;

    public PromptTooLong(int tokens, int limit) {
      super("The prompt has " + tokens + " tokens, the model takes " + limit + ".", null);
    }
  }

  /** The server runs and does not have the model. */
  public static final class ModelMissing extends ChatException {
    private static final long serialVersionUID = 1L;

    public ModelMissing(String model) {
      super("The model server does not have the model " + model + ".", null);
    }
  }

  /** The server refuses: a wrong key, a forbidden origin. */
  public static final class Refused extends ChatException {
    private static final long serialVersionUID = 1L;

    public Refused(String detail) {
      super(detail, null);
    }
  }

  /** The server said something that cannot be understood, or broke off. */
  public static final class Broken extends ChatException {
    private static final long serialVersionUID = 1L;

    public Broken(String detail, @Nullable Throwable cause) {
      super(detail, cause);
    }
  }
}
