package dev.zhiku.ingest.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/** Length-framed messages: a magic number, the length, the bytes. */
final class Frames {
  private static final int MAGIC = 0x5A4B4631;

  private Frames() {}

  static void write(DataOutputStream out, byte[] message) throws IOException {
    out.writeInt(MAGIC);
    out.writeInt(message.length);
    out.write(message);
    out.flush();
  }

  /**
   * @throws EOFException if the pipe is closed, between messages or inside one
   * @throws IOException if what comes is no message, or one beyond the limit
   */
  static byte[] read(DataInputStream in, int limit) throws IOException {
    int magic = in.readInt();
    if (magic != MAGIC) {
      throw new IOException("not a message: begins with " + Integer.toHexString(magic));
    }
    int length = in.readInt();
    if (length < 0 || length > limit) {
      throw new IOException("a message may have " + limit + " bytes, this one says " + length);
    }
    byte[] message = in.readNBytes(length);
    if (message.length < length) {
      throw new EOFException("the pipe closed inside a message");
    }
    return message;
  }
}
