package dev.zhiku.index.lucene;

import dev.zhiku.index.IndexException.IndexClosed;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The view that new snapshots show. {@link #acquire} may be called by any thread, everything else
 * by the writer thread alone.
 */
final class CurrentView {
  private volatile @Nullable View view;

  /**
   * The current view, with a reference for the caller.
   *
   * @throws IndexClosed after {@link #close}
   */
  View acquire() {
    while (true) {
      View current = view;
      if (current == null) {
        throw new IndexClosed(new IllegalStateException("close() was called"));
      }
      if (current.tryAcquire()) {
        return current;
      }
    }
  }

  /**
   * The current view, without a reference of one's own.
   *
   * @throws IndexClosed if there is none
   */
  View get() {
    View current = view;
    if (current == null) {
      throw new IndexClosed(new IllegalStateException("no view is open"));
    }
    return current;
  }

  /** Takes the place of the view before, whose reference is let go. */
  void publish(View next) throws IOException {
    View old = view;
    view = next;
    if (old != null) {
      old.release();
    }
  }

  /** Lets go of the view; there is none afterwards. */
  void close() throws IOException {
    View current = view;
    view = null;
    if (current != null) {
      current.release();
    }
  }
}
