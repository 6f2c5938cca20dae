package dev.zhiku.index.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One field of a message in protocol-buffer encoding.
 *
 * @param whole the field as it stands, its key included
 * @param payload what it says: a message, text or bytes; a number as it is encoded
 */
record WireField(int number, ByteBuffer whole, ByteBuffer payload) {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED_32 = 5;

  /**
   * The fields of a message, in order.
   *
   * @param message on the heap; its position stays
   * @throws IllegalArgumentException if this is no message
   */
  static List<WireField> parse(ByteBuffer message) {
    ByteBuffer in = message.duplicate();
    List<WireField> fields = new ArrayList<>();
    while (in.hasRemaining()) {
      fields.add(next(in));
    }
    return fields;
  }

  private static WireField next(ByteBuffer in) {
    int start = in.position();
    long key = readVarint(in);
    int payload = in.position();
    long end;
    switch ((int) (key & 7)) {
      case VARINT -> {
        readVarint(in);
        end = in.position();
      }
      case FIXED_64 -> end = payload + (long) Long.BYTES;
      case FIXED_32 -> end = payload + (long) Integer.BYTES;
      case DELIMITED -> {
        long length = readVarint(in);
        payload = in.position();
        end = payload + length;
      }
      default -> throw new IllegalArgumentException("no field starts at byte " + start);
    }
    if (end < payload || end > in.limit()) {
      throw new IllegalArgumentException("the field at byte " + start + " is cut off");
    }
    in.position((int) end);
    return new WireField(
        (int) (key >>> 3),
        in.slice(start, (int) end - start),
        in.slice(payload, (int) end - payload));
  }

  /** Numbers have seven bits a byte, the low ones first. */
  private static long readVarint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("no number ends before byte " + in.position());
  }

  /** The fields of the message in this field. */
  List<WireField> message() {
    return parse(payload);
  }

  /** The text in this field. */
  String text() {
    return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
  }

  /** Appends this field as it is. */
  void copyTo(ByteArrayOutputStream out) {
    out.write(whole.array(), whole.arrayOffset(), whole.limit());
  }

  /** Tag and length before a message, text or bytes. */
  static ByteBuffer header(int number, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeVarint(out, ((long) number << 3) | DELIMITED);
    writeVarint(out, length);
    return ByteBuffer.wrap(out.toByteArray());
  }

  /** Appends a field that holds a message or bytes. */
  static void write(ByteArrayOutputStream out, int number, byte[] content) {
    out.writeBytes(header(number, content.length).array());
    out.write(content, 0, content.length);
  }

  /** Appends a field that holds a text. */
  static void write(ByteArrayOutputStream out, int number, String content) {
    write(out, number, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends a field that holds a whole number, 0 or more. */
  static void write(ByteArrayOutputStream out, int number, long content) {
    writeVarint(out, ((long) number << 3) | VARINT);
    writeVarint(out, content);
  }

  private static void writeVarint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
