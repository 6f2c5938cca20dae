package dev.zhiku.answering.watch;

import java.util.Optional;
import java.util.OptionalInt;

/** What a model writes, watched for what no answer holds. Used by one thread. */
public final class ModelWatch {
  private final Repetition repetition = new Repetition();
  private final PromptEcho echo = new PromptEcho();
  private final StringBuilder text = new StringBuilder();
  private int handed;
  private Optional<Trouble> trouble = Optional.empty();

  /**
   * What went wrong.
   *
   * @param kind how
   * @param sound characters of the text before it
   */
  public record Trouble(Kind kind, int sound) {}

  /** Kinds of going wrong. */
  public enum Kind {
    /** The same is said again and again. */
    REPEATED,
    /** Its prompt leaks, or it asks itself. */
    STRAYED
  }

  /**
   * The next characters, cut anywhere.
   *
   * @return those that can be handed on; what may be the beginning of a mark comes later
   */
  public String add(String part) {
    text.append(part);
    OptionalInt leaked = echo.add(part);
    OptionalInt repeated = repetition.add(part);
    if (leaked.isPresent()) {
      trouble = Optional.of(new Trouble(Kind.STRAYED, leaked.getAsInt()));
    } else if (repeated.isPresent()) {
      trouble = Optional.of(new Trouble(Kind.REPEATED, repeated.getAsInt()));
    }
    int end = trouble.map(Trouble::sound).orElse(text.length() - echo.begun());
    return upTo(end);
  }

  /** There is no more; what was kept is handed on. */
  public String end() {
    return trouble.isPresent() ? "" : upTo(text.length());
  }

  private String upTo(int end) {
    String next = end > handed ? text.substring(handed, end) : "";
    handed = Math.max(handed, end);
    return next;
  }

  /** What went wrong, once something has; the model is to be stopped. */
  public Optional<Trouble> trouble() {
    return trouble;
  }

  /** All of the text. */
  public String written() {
    return text.toString();
  }

  /** What is sound of the text. */
  public String sound() {
    return text.substring(0, trouble.map(Trouble::sound).orElse(text.length()));
  }

  /** Whether more was handed on than is sound. */
  public boolean handedTooMuch() {
    return trouble.isPresent() && handed > trouble.get().sound();
  }
}
