package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.extract.ExtractLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A request to the parser child. */
record ExtractRequest(Path file, String name, ExtractLimits limits) {
  byte[] encode() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    write(file.toString(), out);
    write(name, out);
    out.writeLong(limits.time().toMillis());
    out.writeLong(limits.heapBytes());
    out.writeInt(limits.textCharacters());
    out.writeInt(limits.blocks());
    out.writeInt(limits.innerDepth());
    out.writeInt(limits.innerFiles());
    out.writeLong(limits.unpackedBytes());
    out.writeInt(limits.unpackRatio());
    return bytes.toByteArray();
  }

  static ExtractRequest decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    Path file = Path.of(readText(in));
    String name = readText(in);
    return new ExtractRequest(
        file,
        name,
        new ExtractLimits(
            Duration.ofMillis(in.readLong()),
            in.readLong(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readLong(),
            in.readInt()));
  }

  private static void write(String text, DataOutputStream out) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
