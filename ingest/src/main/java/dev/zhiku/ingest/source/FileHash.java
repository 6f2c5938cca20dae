package dev.zhiku.ingest.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a file while its bytes go by. For one file and one thread. */
public final class FileHash {
  private static final int BUFFER_BYTES = 1 << 16;
  private final MessageDigest digest = sha256();
  private long bytes;

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The source failed, not the target. */
  public static final class SourceUnreadable extends IOException {
    private static final long serialVersionUID = 1L;

    SourceUnreadable(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Reads to the end and writes what it reads.
   *
   * @param expected bytes; a file that has grown beyond them is left off
   * @throws SourceUnreadable if reading fails; any other {@link IOException} is the target's
   * @throws InterruptedException if interrupted, also in the middle of a read or a write, which
   *     closes the channels
   */
  public void copy(SeekableByteChannel from, WritableByteChannel to, long expected)
      throws IOException, InterruptedException {
    try {
      pass(from, to, expected);
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw stopped();
    }
  }

  private void pass(SeekableByteChannel from, WritableByteChannel to, long expected)
      throws IOException, InterruptedException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (bytes <= expected && read(from, buffer) >= 0) {
      buffer.flip();
      digest.update(buffer.duplicate());
      bytes += buffer.remaining();
      while (buffer.hasRemaining()) {
        to.write(buffer);
      }
      buffer.clear();
      if (Thread.interrupted()) {
        throw stopped();
      }
    }
  }

  private static InterruptedException stopped() {
    return new InterruptedException("stopped while copying a file");
  }

  private static int read(ReadableByteChannel from, ByteBuffer buffer)
      throws SourceUnreadable, ClosedByInterruptException {
    try {
      return from.read(buffer);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new SourceUnreadable(e);
    }
  }

  /** So far. */
  public long bytes() {
    return bytes;
  }

  /** 64 lower-case hex digits; ends the hash. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
