package dev.zhiku.ingest.extract;

import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;

/** A file cannot be read, and it is clear why. */
public final class UnreadableFileException extends Exception {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never serialised: children speak in frames
  private final Reason reason;

  public UnreadableFileException(Reason reason) {
    super(reason.code().wireName() + " " + reason.value());
    this.reason = reason;
  }

  public UnreadableFileException(ReasonCode code) {
    this(Reason.of(code));
  }

  public Reason reason() {
    return reason;
  }
}
