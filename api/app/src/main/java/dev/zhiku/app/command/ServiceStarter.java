package dev.zhiku.app.command;

import dev.zhiku.app.config.LoadedConfig;
import java.util.List;

/** Starts the whole service; the wiring behind it is the main class's. */
public interface ServiceStarter {
  /**
   * @throws dev.zhiku.app.start.CannotStart if something is in the way
   */
  RunningService start(LoadedConfig config) throws InterruptedException;

  /** A service that answers. */
  interface RunningService extends AutoCloseable {
    /** Where the page is. */
    String url();

    /** Each folder that is answered from, with its source's name. */
    List<String> folders();

    /**
     * Refuses new requests, ends running ones, commits; at most 25 seconds.
     *
     * @throws dev.zhiku.app.start.CannotClose if a part could not be closed; all others are
     */
    @Override
    void close();
  }
}
