package dev.zhiku.index.lucene;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Epoch and format as they stand in every commit.
 *
 * @param epoch as the caller counts its commits
 * @param format version of the fields and words on disk
 */
record CommitData(long epoch, int format) {
  /** Raised whenever an older version could not read or rank what a newer one wrote. */
  static final int FORMAT = 1;

  private static final String EPOCH_KEY = "epoch";
  private static final String FORMAT_KEY = "format";

  CommitData(long epoch) {
    this(epoch, FORMAT);
  }

  /** Of the last commit; of an index that has none, epoch 0. */
  static CommitData of(@Nullable Iterable<Map.Entry<String, String>> entries) {
    long epoch = 0;
    int format = FORMAT;
    if (entries != null) {
      for (Map.Entry<String, String> entry : entries) {
        switch (entry.getKey()) {
          case EPOCH_KEY -> epoch = Long.parseLong(entry.getValue());
          case FORMAT_KEY -> format = Integer.parseInt(entry.getValue());
          default -> {}
        }
      }
    }
    return new CommitData(epoch, format);
  }

  boolean isTooNew() {
    return format > FORMAT;
  }

  Iterable<Map.Entry<String, String>> entries() {
    return Map.of(EPOCH_KEY, Long.toString(epoch), FORMAT_KEY, Integer.toString(format)).entrySet();
  }
}
