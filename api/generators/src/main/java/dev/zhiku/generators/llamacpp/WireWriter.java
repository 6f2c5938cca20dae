package dev.zhiku.generators.llamacpp;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes messages between the service and the child: both ends are always of the same build. */
final class WireWriter {
  private final DataOutputStream out;

  private WireWriter(DataOutputStream out) {
    this.out = out;
  }

  /** What a message consists of. */
  interface Content {
    void write(WireWriter out) throws IOException;
  }

  static byte[] bytes(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      content.write(new WireWriter(new DataOutputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  void number(int value) throws IOException {
    out.writeInt(value);
  }

  void flag(boolean value) throws IOException {
    out.writeBoolean(value);
  }

  void text(String value) throws IOException {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }
}
