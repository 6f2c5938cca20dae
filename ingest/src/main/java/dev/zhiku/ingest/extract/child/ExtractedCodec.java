package dev.zhiku.ingest.extract.child;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The answers of the parser child as bytes: both ends are always of the same build. */
final class ExtractedCodec {
  private static final int CONTENT = 1;
  private static final int REJECTED = 2;
  private static final int HEADING = 1;
  private static final int PARAGRAPH = 2;
  private static final int PREFORMATTED = 3;
  private static final int ROW = 4;
  private static final int NOT_RECOGNISED = -1;

  private ExtractedCodec() {}

  static byte[] encode(Extracted extracted) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    switch (extracted) {
      case Extracted.Content content -> write(content, out);
      case Extracted.Rejected rejected -> write(rejected, out);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IOException if these bytes were not made by {@link #encode}
   */
  static Extracted decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int kind = in.readByte();
    return switch (kind) {
      case CONTENT -> readContent(in);
      case REJECTED -> readRejected(in);
      default -> throw new IOException("no such outcome: " + kind);
    };
  }

  private static void write(Extracted.Rejected rejected, DataOutputStream out) throws IOException {
    out.writeByte(REJECTED);
    write(rejected.mediaType(), out);
    write(rejected.reason().code().wireName(), out);
    write(rejected.reason().value(), out);
  }

  private static Extracted.Rejected readRejected(DataInputStream in) throws IOException {
    String mediaType = readText(in);
    ReasonCode code = ReasonCode.ofWireName(readText(in));
    return new Extracted.Rejected(mediaType, new Reason(code, readText(in)));
  }

  private static void write(Extracted.Content content, DataOutputStream out) throws IOException {
    out.writeByte(CONTENT);
    write(content.mediaType(), out);
    out.writeInt(content.pages());
    out.writeBoolean(content.unreadPictures());
    out.writeInt(content.notes().size());
    for (Phrase note : content.notes()) {
      write(note.english(), out);
      write(note.chinese(), out);
      write(note.traditional(), out);
    }
    out.writeInt(content.blocks().size());
    for (Block block : content.blocks()) {
      write(block, out);
    }
  }

  private static Extracted.Content readContent(DataInputStream in) throws IOException {
    String mediaType = readText(in);
    int pages = in.readInt();
    boolean unreadPictures = in.readBoolean();
    List<Phrase> notes = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      String english = readText(in);
      String chinese = readText(in);
      notes.add(new Phrase(english, chinese, readText(in)));
    }
    List<Block> blocks = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      blocks.add(readBlock(in));
    }
    return new Extracted.Content(mediaType, blocks, pages, notes, unreadPictures);
  }

  private static void write(Block block, DataOutputStream out) throws IOException {
    switch (block) {
      case Block.Heading heading -> {
        out.writeByte(HEADING);
        out.writeByte(heading.level());
        write(heading.text(), out);
      }
      case Block.Paragraph paragraph -> {
        out.writeByte(PARAGRAPH);
        write(paragraph.role().name(), out);
        write(paragraph.text(), out);
      }
      case Block.Preformatted preformatted -> {
        out.writeByte(PREFORMATTED);
        write(preformatted.text(), out);
      }
      case Block.Row row -> {
        out.writeByte(ROW);
        write(row.header(), out);
        write(row.cells(), out);
      }
    }
    write(block.place(), out);
  }

  private static Block readBlock(DataInputStream in) throws IOException {
    int kind = in.readByte();
    switch (kind) {
      case HEADING -> {
        int level = in.readByte();
        String text = readText(in);
        return new Block.Heading(level, text, readPlace(in));
      }
      case PARAGRAPH -> {
        Role role = Role.valueOf(readText(in));
        String text = readText(in);
        return new Block.Paragraph(text, readPlace(in), role);
      }
      case PREFORMATTED -> {
        String text = readText(in);
        return new Block.Preformatted(text, readPlace(in));
      }
      case ROW -> {
        List<String> header = readTexts(in);
        List<String> cells = readTexts(in);
        return new Block.Row(header, cells, readPlace(in));
      }
      default -> throw new IOException("no such block: " + kind);
    }
  }

  private static void write(Place place, DataOutputStream out) throws IOException {
    write(place.kind().name(), out);
    write(place.entry(), out);
    write(place.sheet(), out);
    out.writeInt(place.start());
    out.writeInt(place.end());
    write(place.label(), out);
    out.writeInt(place.recognised().orElse(NOT_RECOGNISED));
  }

  private static Place readPlace(DataInputStream in) throws IOException {
    Kind kind = Kind.valueOf(readText(in));
    Optional<String> entry = readOptional(in);
    Optional<String> sheet = readOptional(in);
    int start = in.readInt();
    int end = in.readInt();
    Optional<String> label = readOptional(in);
    Place place = new Place(kind, entry, sheet, start, end, label, OptionalInt.empty());
    int recognised = in.readInt();
    return recognised == NOT_RECOGNISED ? place : place.recognised(recognised);
  }

  private static void write(Optional<String> text, DataOutputStream out) throws IOException {
    out.writeBoolean(text.isPresent());
    if (text.isPresent()) {
      write(text.get(), out);
    }
  }

  private static Optional<String> readOptional(DataInputStream in) throws IOException {
    return in.readBoolean() ? Optional.of(readText(in)) : Optional.empty();
  }

  private static void write(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      write(text, out);
    }
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      texts.add(readText(in));
    }
    return texts;
  }

  private static void write(String text, DataOutputStream out) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("a text cannot have " + length + " bytes");
    }
    byte[] utf8 = in.readNBytes(length);
    if (utf8.length < length) {
      throw new IOException("a text should have " + length + " bytes, has " + utf8.length);
    }
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
