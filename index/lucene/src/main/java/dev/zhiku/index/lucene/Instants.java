package dev.zhiku.index.lucene;

import java.nio.ByteBuffer;
import java.time.Instant;

/** Instants as bytes that sort like them, to the nanosecond. */
final class Instants {
  private Instants() {}

  static byte[] sortable(Instant instant) {
    return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
        .putLong(instant.getEpochSecond() ^ Long.MIN_VALUE)
        .putInt(instant.getNano())
        .array();
  }
}
