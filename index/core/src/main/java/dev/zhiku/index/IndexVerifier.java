package dev.zhiku.index;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds out whether an index on disk is still what was written there. Thread-safe. */
public interface IndexVerifier {
  /**
   * Reads every file of the index and compares it with its checksum. A damaged part is put aside
   * and taken out of the index, with every document in it: snapshots taken afterwards hold sound
   * parts only, and whoever keeps a list of the documents has to store again what is missing.
   * Changes not yet committed are then lost, which the next commit reports. Blocks while it reads;
   * runs beside searches.
   *
   * @throws IndexException if the index could not be read or repaired for another reason than
   *     damage
   */
  Verification verify() throws InterruptedException;

  /**
   * Result of a verification.
   *
   * @param bytes read and compared
   * @param damage a sentence per damaged part; empty if all is sound
   * @param aside where the damaged parts are kept; empty if there are none or they could not be
   *     kept
   */
  record Verification(long bytes, List<String> damage, Optional<Path> aside) {
    public Verification {
      damage = List.copyOf(damage);
    }

    /** Whether every byte is as it was written. */
    public boolean isSound() {
      return damage.isEmpty();
    }
  }
}
