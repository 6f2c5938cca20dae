package dev.zhiku.app.wiring;

import dev.zhiku.app.start.CannotClose;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an owner has opened. Closing it closes the last first, whatever fails on the way. Not
 * thread-safe.
 */
final class OpenParts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenParts.class);

  private final Deque<Part> parts = new ArrayDeque<>();

  private record Part(String name, AutoCloseable part) {}

  private OpenParts() {}

  /** Opens an owner's parts and keeps each of them. */
  interface Opening<T> {
    T open(OpenParts parts) throws InterruptedException;
  }

  /** Opens an owner; if that fails, the parts that are open by then are closed again. */
  static <T> T open(Opening<T> opening) throws InterruptedException {
    OpenParts parts = new OpenParts();
    try {
      return opening.open(parts);
    } catch (InterruptedException | RuntimeException | Error e) {
      parts.closeAfter(e);
      throw e;
    }
  }

  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (CannotClose e) {
      LOG.error("What was open when the start failed could not all be closed", e);
      failure.addSuppressed(e);
    }
  }

  /**
   * Takes a part into ownership.
   *
   * @param name of it in messages, such as {@code the index}
   */
  <T extends AutoCloseable> T keep(String name, T part) {
    parts.push(new Part(name, part));
    return part;
  }

  /**
   * Closes all parts, also after one that cannot be closed. Without effect when called again.
   *
   * @throws CannotClose for the first that failed; the others are its suppressed exceptions
   */
  @Override
  public void close() {
    Optional<CannotClose> first = Optional.empty();
    while (!parts.isEmpty()) {
      Optional<CannotClose> failure = close(parts.pop());
      if (first.isEmpty()) {
        first = failure;
      } else {
        failure.ifPresent(first.get()::addSuppressed);
      }
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }

  private static Optional<CannotClose> close(Part part) {
    try {
      part.part().close();
      return Optional.empty();
    } catch (CannotClose e) {
      return Optional.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new CannotClose(part.name(), e));
    } catch (Exception | Error e) {
      return Optional.of(new CannotClose(part.name(), e));
    }
  }
}
