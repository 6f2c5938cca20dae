package dev.zhiku.index.lucene;

import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextBlock.Cell;
import dev.zhiku.index.TextBlock.Kind;
import dev.zhiku.index.TextBlock.Origin;
import dev.zhiku.index.embedding.Language;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.BytesRef;

/**
 * The blocks of a passage as bytes: a version, every word that occurs once, then the blocks with
 * their distances. Headings, columns and leads are the same for most blocks of a passage.
 */
final class TextBlockCodec {
  private static final int VERSION = 1;
  private static final int HAS_LEAD = 1;
  private static final int HAS_CELLS = 1 << 1;
  private static final int HAS_LABEL = 1 << 2;
  private static final int IS_RECOGNISED = 1 << 3;
  private static final int HAS_ORIGIN = 1 << 4;

  private TextBlockCodec() {}

  static BytesRef encode(List<TextBlock> blocks) throws IOException {
    Map<String, Integer> texts = new LinkedHashMap<>();
    ByteBuffersDataOutput body = new ByteBuffersDataOutput();
    body.writeVInt(blocks.size());
    int at = 0;
    for (TextBlock block : blocks) {
      write(block, at, body, texts);
      at = block.end();
    }
    ByteBuffersDataOutput out = new ByteBuffersDataOutput();
    out.writeVInt(VERSION);
    out.writeVInt(texts.size());
    for (String text : texts.keySet()) {
      out.writeString(text);
    }
    body.copyTo(out);
    return new BytesRef(out.toArrayCopy());
  }

  /**
   * The blocks as they were given; none if a later version wrote them.
   *
   * @throws CorruptIndexException if the bytes are not from {@link #encode}
   */
  static List<TextBlock> decode(BytesRef bytes) throws IOException {
    ByteArrayDataInput in = new ByteArrayDataInput(bytes.bytes, bytes.offset, bytes.length);
    try {
      return in.readVInt() == VERSION ? read(in) : List.of();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new CorruptIndexException("blocks cannot be read", Fields.BLOCKS, e);
    }
  }

  private static void write(TextBlock block, int at, DataOutput out, Map<String, Integer> texts)
      throws IOException {
    Origin origin = block.origin();
    boolean placed = origin.start() > 0;
    int flags = block.lead().isPresent() ? HAS_LEAD : 0;
    flags |= block.cells().isEmpty() ? 0 : HAS_CELLS;
    flags |= origin.pageLabel().isPresent() ? HAS_LABEL : 0;
    flags |= origin.recognised().isPresent() ? IS_RECOGNISED : 0;
    flags |= placed ? HAS_ORIGIN : 0;
    out.writeVInt(flags);
    out.writeVInt(number(block.kind().name(), texts));
    out.writeVInt(number(block.language().name(), texts));
    out.writeVInt(block.start() - at);
    out.writeVInt(block.end() - block.start());
    out.writeVInt(block.heading().size());
    for (String heading : block.heading()) {
      out.writeVInt(number(heading, texts));
    }
    if (placed) {
      out.writeVInt(origin.start());
      out.writeVInt(origin.end() - origin.start());
    }
    if (block.lead().isPresent()) {
      out.writeVInt(number(block.lead().get(), texts));
    }
    if (!block.cells().isEmpty()) {
      writeCells(block, out, texts);
    }
    if (origin.pageLabel().isPresent()) {
      out.writeVInt(number(origin.pageLabel().get(), texts));
    }
    if (origin.recognised().isPresent()) {
      out.writeVInt(origin.recognised().getAsInt());
    }
  }

  private static void writeCells(TextBlock block, DataOutput out, Map<String, Integer> texts)
      throws IOException {
    out.writeVInt(block.cells().size());
    int at = block.start();
    for (Cell cell : block.cells()) {
      out.writeVInt(number(cell.column(), texts));
      out.writeVInt(cell.start() - at);
      out.writeVInt(cell.end() - cell.start());
      at = cell.end();
    }
  }

  private static int number(String text, Map<String, Integer> texts) {
    Integer known = texts.putIfAbsent(text, texts.size());
    return known == null ? texts.size() - 1 : known;
  }

  private static List<TextBlock> read(ByteArrayDataInput in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int n = in.readVInt(); n > 0; n--) {
      texts.add(in.readString());
    }
    List<TextBlock> blocks = new ArrayList<>();
    int at = 0;
    for (int n = in.readVInt(); n > 0; n--) {
      TextBlock block = readBlock(in, at, texts);
      blocks.add(block);
      at = block.end();
    }
    return blocks;
  }

  private static TextBlock readBlock(DataInput in, int at, List<String> texts) throws IOException {
    int flags = in.readVInt();
    Kind kind = Kind.valueOf(text(in, texts));
    Language language = Language.valueOf(text(in, texts));
    int start = at + in.readVInt();
    int end = start + in.readVInt();
    List<String> heading = new ArrayList<>();
    for (int n = in.readVInt(); n > 0; n--) {
      heading.add(text(in, texts));
    }
    int first = has(flags, HAS_ORIGIN) ? in.readVInt() : 0;
    int last = has(flags, HAS_ORIGIN) ? first + in.readVInt() : 0;
    Optional<String> lead = optional(has(flags, HAS_LEAD), in, texts);
    List<Cell> cells = has(flags, HAS_CELLS) ? readCells(in, start, texts) : List.of();
    Optional<String> label = optional(has(flags, HAS_LABEL), in, texts);
    OptionalInt recognised =
        has(flags, IS_RECOGNISED) ? OptionalInt.of(in.readVInt()) : OptionalInt.empty();
    Origin origin = new Origin(first, last, label, recognised);
    return new TextBlock(kind, start, end, heading, lead, cells, language, origin);
  }

  private static List<Cell> readCells(DataInput in, int from, List<String> texts)
      throws IOException {
    List<Cell> cells = new ArrayList<>();
    int at = from;
    for (int n = in.readVInt(); n > 0; n--) {
      String column = text(in, texts);
      int start = at + in.readVInt();
      Cell cell = new Cell(column, start, start + in.readVInt());
      cells.add(cell);
      at = cell.end();
    }
    return cells;
  }

  private static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }

  private static Optional<String> optional(boolean present, DataInput in, List<String> texts)
      throws IOException {
    return present ? Optional.of(text(in, texts)) : Optional.empty();
  }

  private static String text(DataInput in, List<String> texts) throws IOException {
    return texts.get(in.readVInt());
  }
}
