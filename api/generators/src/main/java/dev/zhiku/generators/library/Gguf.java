package dev.zhiku.generators.library;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.generators.GeneratorText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a GGUF file begins: its name in four letters, then the version of the format. */
final class Gguf {
  /** Bytes that are looked at. */
  static final int HEAD_BYTES = 8;

  private static final int MAGIC = 0x46554747;
  private static final int OLDEST = 2;
  private static final int NEWEST = 3;

  private Gguf() {}

  /**
   * @throws Problem {@code model-refused} if the file does not begin so, or is too short to
   */
  static void check(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(HEAD_BYTES);
      if (head.length == HEAD_BYTES) {
        ByteBuffer numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        boolean magic = numbers.getInt() == MAGIC;
        int version = numbers.getInt();
        if (magic && version >= OLDEST && version <= NEWEST) {
          return;
        }
      }
    }
    throw new Problem(ProblemCode.MODEL_REFUSED, GeneratorText.of("gguf.other-format"));
  }
}
