package dev.zhiku.app.command;

import dev.zhiku.server.identity.KeyUsage;
import dev.zhiku.server.identity.NamedKeys;
import java.nio.file.Path;

/** The keys of applications in a data folder whose service does not run. */
public interface KeyFolder extends AutoCloseable {
  /** Opens them; the wiring behind it is the main class's. */
  interface Opening {
    /**
     * @throws dev.zhiku.app.start.CannotStart with {@code data-in-use} if the service runs
     */
    KeyFolder open(Path data) throws InterruptedException;
  }

  NamedKeys named();

  KeyUsage usage();

  @Override
  void close();
}
