package dev.zhiku.generators.server;

import dev.zhiku.generators.egress.BoundedBody;
import java.io.IOException;

/** What a model server streams, line by line: a line has a limit. Read by one thread. */
final class StreamedBody extends BoundedBody {
  /** Longest line, in bytes. */
  static final int MAX_LINE_BYTES = 1 << 20;

  private int lineBytes;

  StreamedBody(Patience patience) {
    super(patience::left);
  }

  /** A line has no end within its limit. */
  static final class LineTooLong extends IOException {
    private static final long serialVersionUID = 1L;

    LineTooLong() {
      super("a line is longer than " + MAX_LINE_BYTES + " bytes");
    }
  }

  /** Reading ahead of the lines is fine as long as one of them ends now and then. */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    for (int i = offset; i < offset + count; i++) {
      lineBytes = target[i] == '\n' ? 0 : lineBytes + 1;
    }
    if (lineBytes > MAX_LINE_BYTES) {
      throw new LineTooLong();
    }
    return count;
  }
}
