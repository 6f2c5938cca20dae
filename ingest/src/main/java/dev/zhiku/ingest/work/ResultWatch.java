package dev.zhiku.ingest.work;

import dev.zhiku.ingest.catalog.ClaimResult;

/** Whoever wants to know what became of files. Thread-safe. */
@FunctionalInterface
public interface ResultWatch {
  /** Is told nothing. */
  ResultWatch NONE = result -> {};

  /** Index and catalogue have it; takes no longer than to store it. */
  void recorded(ClaimResult result);
}
