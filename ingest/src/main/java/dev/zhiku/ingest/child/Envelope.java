package dev.zhiku.ingest.child;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A message on pipes that several calls share: which call it belongs to, what it is, and its bytes.
 * Immutable as long as nobody writes into the bytes.
 */
final class Envelope {
  /** Bytes that it adds to a message. */
  static final int HEAD_BYTES = 5;

  private final int call;
  private final Kind kind;
  private final byte[] body;

  /** The kind of a message. */
  enum Kind {
    /** Begins a call. */
    REQUEST('r'),
    /** One of the answers. */
    PART('p'),
    /** Nobody waits for the answers any more. */
    CANCEL('c');

    private final byte letter;

    Kind(char letter) {
      this.letter = (byte) letter;
    }

    private static Kind of(byte letter) throws IOException {
      for (Kind kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      throw new IOException("no such kind of message: " + letter);
    }
  }

  Envelope(int call, Kind kind, byte[] body) {
    this.call = call;
    this.kind = kind;
    this.body = body;
  }

  int call() {
    return call;
  }

  Kind kind() {
    return kind;
  }

  byte[] body() {
    return body;
  }

  byte[] sealed() {
    return ByteBuffer.allocate(HEAD_BYTES + body.length)
        .putInt(call)
        .put(kind.letter)
        .put(body)
        .array();
  }

  /**
   * @throws IOException if these bytes were not made by {@link #sealed}
   */
  static Envelope opened(byte[] message) throws IOException {
    if (message.length < HEAD_BYTES) {
      throw new IOException("a message of " + message.length + " bytes belongs to no call");
    }
    ByteBuffer head = ByteBuffer.wrap(message);
    return new Envelope(
        head.getInt(),
        Kind.of(head.get()),
        Arrays.copyOfRange(message, HEAD_BYTES, message.length));
  }
}
