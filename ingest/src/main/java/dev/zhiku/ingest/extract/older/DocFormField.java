package dev.zhiku.ingest.extract.older;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a form field of a Word document shows: a box to tick, or the entry chosen from a list. */
final class DocFormField {
  private static final int PICTURE_HEAD = 4;
  private static final int VERSION = 0xFFFFFFFF;
  private static final int BOX = 1;
  private static final int LIST = 2;
  private static final int NOTHING_CHOSEN = 25;
  private static final int EXTENDED = 0xFFFF;
  private static final int TEXTS_BEHIND = 5;

  private final ByteBuffer data;

  private DocFormField(ByteBuffer data) {
    this.data = data;
  }

  /**
   * @param stream the data of the document
   * @param offset where the field's part of it begins
   * @return empty if there is no such field
   */
  static String shown(byte[] stream, int offset) {
    if (offset < 0 || offset + PICTURE_HEAD + 2 > stream.length) {
      return "";
    }
    ByteBuffer data = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
    try {
      int head = data.getShort(offset + PICTURE_HEAD);
      data.position(offset + head);
      return new DocFormField(data).shown();
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return "";
    }
  }

  private String shown() {
    if (data.getInt() != VERSION) {
      return "";
    }
    int bits = data.getShort();
    int type = bits & 3;
    int result = bits >> 2 & 31;
    data.getInt();
    text();
    if (type != BOX && type != LIST) {
      return "";
    }
    int preset = data.getShort();
    int chosen = result == NOTHING_CHOSEN ? preset : result;
    if (type == BOX) {
      return chosen == 1 ? "☑" : "☐";
    }
    for (int i = 0; i < TEXTS_BEHIND; i++) {
      text();
    }
    return entry(chosen);
  }

  private String entry(int chosen) {
    boolean wide = (data.getShort() & EXTENDED) == EXTENDED;
    int entries = wide ? data.getShort() : 0;
    data.getShort();
    String text = "";
    for (int i = 0; i < entries && i <= chosen; i++) {
      text = characters(data.getShort());
    }
    return chosen < entries ? text : "";
  }

  /** A text with its length before it and a zero behind it. */
  private String text() {
    String text = characters(data.getShort());
    data.getShort();
    return text;
  }

  private String characters(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(data.getChar());
    }
    return text.toString();
  }
}
