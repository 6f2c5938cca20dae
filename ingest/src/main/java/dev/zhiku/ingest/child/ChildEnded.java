package dev.zhiku.ingest.child;

/** A child process is there no more, and neither are the answers it owed. */
public final class ChildEnded extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ChildOutcome outcome;

  ChildEnded(ChildOutcome outcome) {
    super(outcome.toString());
    this.outcome = outcome;
  }

  /** The way it ended. */
  public ChildOutcome outcome() {
    return outcome;
  }
}
