package dev.zhiku.server.masking.web;

import dev.zhiku.answering.masking.MaskedPieces;
import dev.zhiku.answering.masking.Masking;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The cover over a text in UTF-8 that is sent as it is read. Used by one thread. */
final class MaskedFile extends InputStream {
  private static final int PIECE = 8_192;

  private final Reader text;
  private final MaskedPieces masked;
  private final char[] piece = new char[PIECE];
  private byte[] ready = {};
  private int at;
  private boolean ended;

  MaskedFile(InputStream file, Masking masking) {
    this.text = new InputStreamReader(file, StandardCharsets.UTF_8);
    this.masked = new MaskedPieces(masking);
  }

  @Override
  public int read() throws IOException {
    return fill() ? ready[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int taken = Math.min(length, ready.length - at);
    System.arraycopy(ready, at, buffer, offset, taken);
    at += taken;
    return taken;
  }

  /** Whether there is a byte to be read, once the next piece is there. */
  private boolean fill() throws IOException {
    while (at == ready.length && !ended) {
      int read = text.read(piece);
      ended = read < 0;
      String part = ended ? masked.end() : masked.add(new String(piece, 0, read));
      ready = part.getBytes(StandardCharsets.UTF_8);
      at = 0;
    }
    return at < ready.length;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
