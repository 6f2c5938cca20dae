package dev.zhiku.ingest.child;

import java.time.Duration;

/** The outcome of one request to a child process. */
public sealed interface ChildOutcome {
  /** The child's answer. A final class, for a record of an array would not be equal by value. */
  final class Answered implements ChildOutcome {
    private final byte[] answer;

    Answered(byte[] answer) {
      this.answer = answer;
    }

    /** The bytes as sent; the caller owns them. */
    public byte[] bytes() {
      return answer.clone();
    }
  }

  /** No answer in time; the child was killed. */
  record TimedOut(Duration limit) implements ChildOutcome {}

  /**
   * No child could be started, or none was ready in time: nobody has looked at the request.
   *
   * @param detail for the log
   */
  record NotStarted(String detail) implements ChildOutcome {}

  /**
   * The child ended, or broke the protocol and was killed.
   *
   * @param detail exit status and the last lines it wrote, for the log
   */
  record Crashed(String detail) implements ChildOutcome {}

  /** The child's heap was too small. */
  record OutOfMemory(long heapBytes) implements ChildOutcome {}
}
