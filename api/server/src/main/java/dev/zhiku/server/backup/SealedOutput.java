package dev.zhiku.server.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A stream that writes, in place of its last {@link #SEAL} bytes, the SHA-256 of all before them.
 */
final class SealedOutput extends OutputStream {
  /** Hexadecimal digits of SHA-256. */
  static final int SEAL = 64;

  private final OutputStream out;
  private final MessageDigest digest = Sha256.begin();
  private final byte[] tail = new byte[SEAL];
  private int held;

  SealedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int surplus = Math.max(0, held + length - SEAL);
    int fromTail = Math.min(held, surplus);
    pass(tail, 0, fromTail);
    System.arraycopy(tail, fromTail, tail, 0, held - fromTail);
    held -= fromTail;
    int fromBytes = surplus - fromTail;
    pass(bytes, offset, fromBytes);
    System.arraycopy(bytes, offset + fromBytes, tail, held, length - fromBytes);
    held += length - fromBytes;
  }

  private void pass(byte[] bytes, int offset, int length) throws IOException {
    digest.update(bytes, offset, length);
    out.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    try (out) {
      out.write(HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.US_ASCII));
    }
  }
}
