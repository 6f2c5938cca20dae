package dev.zhiku.generators.llamacpp;

import dev.zhiku.generators.llamacpp.GgufFile.Malformed;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Values of a GGUF head, one after the other, within limits. All numbers are little-endian. Used by
 * one thread.
 */
final class GgufReader {
  /** Far above any model: a vocabulary has 260,000 entries, a template 20,000 characters. */
  private static final long MAX_ENTRIES = 1L << 24;

  private static final long MAX_TEXT_BYTES = 1L << 24;

  private final DataInputStream in;
  private long at;

  GgufReader(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /** Bytes read so far. */
  long at() {
    return at;
  }

  String string(String key, int type) throws IOException {
    if (Type.of(type) != Type.STRING) {
      throw new Malformed("its " + key + " is no text", false);
    }
    return text();
  }

  List<String> texts(String key, int type) throws IOException {
    long count = array(key, type, Type.STRING);
    List<String> texts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      texts.add(text());
    }
    return texts;
  }

  List<Integer> numbers(String key, int type) throws IOException {
    long count = array(key, type, Type.INT32);
    List<Integer> numbers = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      numbers.add(u32());
    }
    return numbers;
  }

  private long array(String key, int type, Type of) throws IOException {
    if (Type.of(type) != Type.ARRAY || Type.of(u32()) != of) {
      throw new Malformed("its " + key + " is no list of the right kind", false);
    }
    return count();
  }

  long number(int type) throws IOException {
    return switch (Type.of(type)) {
      case UINT32, INT32 -> Integer.toUnsignedLong(u32());
      case UINT64, INT64 -> u64();
      case UINT8, INT8, BOOL -> bytes(1)[0] & 0xFF;
      case UINT16, INT16 -> {
        byte[] two = bytes(2);
        yield (two[0] & 0xFF) | (two[1] & 0xFF) << 8;
      }
      case FLOAT32, FLOAT64, STRING, ARRAY -> throw new Malformed("a number is none", false);
    };
  }

  void skip(int type) throws IOException {
    Type kind = Type.of(type);
    switch (kind) {
      case STRING -> text();
      case ARRAY -> skipArray(Type.of(u32()));
      default -> skipBytes(kind.bytes);
    }
  }

  private void skipArray(Type of) throws IOException {
    long count = count();
    if (of == Type.ARRAY) {
      throw new Malformed("it holds lists of lists", false);
    }
    if (of == Type.STRING) {
      for (long i = 0; i < count; i++) {
        skipBytes(textBytes());
      }
    } else {
      skipBytes(count * of.bytes);
    }
  }

  String text() throws IOException {
    return new String(bytes((int) textBytes()), StandardCharsets.UTF_8);
  }

  private long textBytes() throws IOException {
    long length = u64();
    if (length < 0 || length > MAX_TEXT_BYTES) {
      throw new Malformed("a text in its head has " + length + " bytes", false);
    }
    return length;
  }

  long count() throws IOException {
    long count = u64();
    if (count < 0 || count > MAX_ENTRIES) {
      throw new Malformed("a list in its head has " + count + " entries", false);
    }
    return count;
  }

  int u32() throws IOException {
    at += Integer.BYTES;
    return Integer.reverseBytes(in.readInt());
  }

  long u64() throws IOException {
    at += Long.BYTES;
    return Long.reverseBytes(in.readLong());
  }

  private byte[] bytes(int count) throws IOException {
    at += count;
    byte[] read = in.readNBytes(count);
    if (read.length < count) {
      throw new EOFException();
    }
    return read;
  }

  private void skipBytes(long count) throws IOException {
    at += count;
    in.skipNBytes(count);
  }

  /** Kinds of values, in the order of their numbers in the format. */
  private enum Type {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    UINT32(4),
    INT32(4),
    FLOAT32(4),
    BOOL(1),
    STRING(0),
    ARRAY(0),
    UINT64(8),
    INT64(8),
    FLOAT64(8);

    private static final Type[] ALL = values();
    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    static Type of(int number) throws Malformed {
      if (number < 0 || number >= ALL.length) {
        throw new Malformed("a value in its head is of the unknown kind " + number, false);
      }
      return ALL[number];
    }
  }
}
