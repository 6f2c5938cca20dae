package dev.zhiku.server.sources;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.ingest.source.LookRate;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.Standing;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an administrator may do with sources while the service runs. Every change is durable before
 * it is made and survives a restart. Thread-safe.
 */
public interface SourceControl {
  /** Where a source comes from. */
  enum Origin {
    /** From {@code zhiku.yml} or the command line; only there can it be taken out. */
    CONFIGURATION,
    /** Added while the service ran. */
    ADDED,
    /** The samples of the installation. */
    SAMPLES;

    /** As it is written on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A source as an administrator sees it.
   *
   * @param standing what an administrator said last
   * @param off whether it is switched off: samples that went
   * @param looks how its folder is looked through at present; empty while it is switched off
   */
  record Managed(
      SourceConfig config,
      Origin origin,
      Standing standing,
      boolean off,
      Optional<LookRate.Looks> looks) {}

  /** Every source, in order; samples that are switched off last. */
  List<Managed> list();

  /**
   * Watches one more folder.
   *
   * @throws Problem {@code source-exists} if its name is taken, {@code source-refused} with the
   *     rule that it breaks and the way out
   */
  Managed add(SourceConfig wanted);

  /**
   * Leaves a folder alone; what is known of it is answered from as before.
   *
   * @throws Problem {@code source-not-found}
   */
  Managed hold(String name) throws InterruptedException;

  /**
   * Looks through a folder again that is held or about to be removed. Samples that were switched
   * off come back, and stay beside the user's own files.
   *
   * @throws Problem {@code source-not-found}
   */
  Managed resume(String name) throws InterruptedException;

  /**
   * Removes a source that was added, or the samples. Unless that is confirmed it is only left
   * alone, and {@link #resume} takes it back.
   *
   * @return how many documents went with it; empty if it waits for the confirmation
   * @throws Problem {@code source-not-found}, {@code source-configured} if it stands in the
   *     configuration
   */
  Optional<Integer> remove(String name, boolean confirmed) throws InterruptedException;
}
