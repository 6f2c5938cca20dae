package dev.zhiku.answering.answer;

import dev.zhiku.answering.grounding.Support;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The text of a model that waits until a statement of it is supported, or has waited long enough.
 * Used by one thread.
 */
final class HeldText {
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?](?=\\s)|[。！？\\n]");

  private final SupportRule rule;
  private final boolean endless;
  private final Supplier<Support> support;
  private final Consumer<String> sink;
  private final StringBuilder held = new StringBuilder();
  private long begun;
  private boolean told;

  /**
   * @param endless whether it waits to the end, for an asker from whom nothing can be taken back
   * @param support of all that was handed over so far
   */
  HeldText(SupportRule rule, boolean endless, Supplier<Support> support, Consumer<String> sink) {
    this.rule = rule;
    this.endless = endless;
    this.support = support;
    this.sink = sink;
  }

  void add(String part) {
    if (held.isEmpty() && !told) {
      begun = System.nanoTime();
    }
    held.append(part);
    if (told || !rule.withholds() || isSupported() || isLongEnough()) {
      release();
    }
  }

  private boolean isSupported() {
    return support.get().supported() > 0;
  }

  private boolean isLongEnough() {
    return !endless
        && (System.nanoTime() - begun >= rule.longest().toNanos()
            || SENTENCE_END.matcher(held).results().count() >= rule.sentences());
  }

  /** Release of the text that waits. */
  void release() {
    String text = held.toString();
    held.setLength(0);
    if (!text.isEmpty()) {
      told = true;
      sink.accept(text);
    }
  }

  /** What waits is never told. */
  void drop() {
    held.setLength(0);
  }

  /** Whether anything was told. */
  boolean isTold() {
    return told;
  }
}
