package dev.zhiku.generators.library;

import java.util.List;
import java.util.Optional;

/**
 * The models of a model server. Thread-safe. Every call throws {@link
 * dev.zhiku.answering.chat.ChatException} if the server is away or refuses.
 */
public interface ServerLibrary {
  /** All that it has. */
  List<InstalledModel> list() throws InterruptedException;

  /** The one of this name, however the server abbreviates it. */
  Optional<InstalledModel> find(String name) throws InterruptedException;

  /** Has it fetch a model; what came before an interrupt is not fetched again. */
  void pull(String name, PullProgress progress) throws InterruptedException;

  /**
   * @return false if it has none of this name
   */
  boolean remove(String name) throws InterruptedException;
}
