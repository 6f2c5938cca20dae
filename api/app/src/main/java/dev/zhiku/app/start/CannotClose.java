package dev.zhiku.app.start;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A part of the service that could not be closed, with its cause; those that failed after it are
 * suppressed exceptions. The command ends with exit code 1.
 */
public final class CannotClose extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param part name of what was to be closed
   */
  public CannotClose(String part, Throwable cause) {
    super(part + " could not be closed: " + cause, cause);
  }

  /** One message for each part that could not be closed. */
  public Stream<String> messages() {
    return Stream.concat(
        Stream.of(String.valueOf(getMessage())),
        Arrays.stream(getSuppressed())
            .filter(CannotClose.class::isInstance)
            .map(CannotClose.class::cast)
            .flatMap(CannotClose::messages));
  }
}
