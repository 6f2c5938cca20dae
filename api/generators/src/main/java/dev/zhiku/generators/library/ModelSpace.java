package dev.zhiku.generators.library;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.generators.GeneratorText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.LongSupplier;

/** Room for models on the disk of the data folder. Thread-safe. */
public final class ModelSpace {
  /** Largest model file: twice what DeepSeek's largest takes with 4 bits a weight. */
  static final long MAX_MODEL_BYTES = 800L << 30;

  private final LongSupplier free;
  private final long keepFreeBytes;

  /**
   * @param free bytes on the disk, asked each time
   * @param keepFreeBytes of them that no model takes
   */
  public ModelSpace(LongSupplier free, long keepFreeBytes) {
    this.free = free;
    this.keepFreeBytes = keepFreeBytes;
  }

  /**
   * @param total bytes of the file, 0 if nobody knows
   * @param rest of them that are still to be written
   * @throws Problem if the file is too large, or the disk too full
   */
  void require(long total, long rest) {
    if (total > MAX_MODEL_BYTES) {
      throw new Problem(
          ProblemCode.MODEL_REFUSED, GeneratorText.of("model.too-large", total, MAX_MODEL_BYTES));
    }
    long room = Math.max(0, free.getAsLong() - keepFreeBytes);
    if (rest > room) {
      throw new Problem(ProblemCode.NO_SPACE_FOR_MODEL, rest, room);
    }
  }

  /**
   * Writes, and tells a full disk from other trouble.
   *
   * @param done bytes of the file, with these
   */
  void write(FileChannel out, ByteBuffer bytes, long done) throws IOException {
    if (done > MAX_MODEL_BYTES) {
      require(done, 0);
    }
    int count = bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      if (free.getAsLong() < keepFreeBytes + count) {
        throw new Problem(ProblemCode.NO_SPACE_FOR_MODEL, count, free.getAsLong());
      }
      throw e;
    }
  }
}
