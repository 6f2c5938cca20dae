package dev.zhiku.api.backend.llamacpp;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the head of a GGUF file says of its model (versions 2 and 3 of the format): enough to plan a
 * prompt and to tell a broken file before a process is started on it. Weights are not read.
 *
 * @param architecture such as {@code qwen2}
 * @param contextTokens that the model was trained for, where the file says it
 * @param template how turns become a prompt, in Jinja
 * @param controlTokens texts that steer the model instead of being read, such as {@code <｜User｜>}
 * @param opening the token that opens every prompt, for models that want one
 * @param leastBytes the file cannot be whole if it has fewer
 */
record GgufFile(
    String architecture,
    OptionalInt contextTokens,
    Optional<String> template,
    List<String> controlTokens,
    OptionalInt opening,
    long leastBytes) {
  private static final int MAGIC = 0x46554747;
  private static final int OLDEST = 2;
  private static final int NEWEST = 3;

  /** Far above any model: a vocabulary has 260,000 entries, a template 20,000 characters. */
  private static final long MAX_ENTRIES = 1L << 24;

  private static final long MAX_TEXT_BYTES = 1L << 24;
  private static final int CONTROL = 3;
  private static final int DEFAULT_ALIGNMENT = 32;

  /** The opening token of these vocabularies where the file does not name it. */
  private static final int SENTENCE_PIECE_OPENING = 1;

  private static final int BYTE_PAIR_OPENING = 11;

  /** Kinds of byte-pair vocabularies that llama.cpp opens unless the file says otherwise. */
  private static final Set<String> OPENED = Set.of("llama3", "llama-v3", "llama-bpe", "falcon3");

  GgufFile {
    controlTokens = List.copyOf(controlTokens);
  }

  /** The file is none of this format, or not a whole one. */
  static final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;
    private final boolean cut;

    Malformed(String what, boolean cut) {
      super(what);
      this.cut = cut;
    }

    /** Whether it begins well and ends too early. */
    boolean isCut() {
      return cut;
    }
  }

  /**
   * Reads the head.
   *
   * @throws Malformed if it is none, or the file is shorter than it says
   * @throws IOException if the file cannot be read
   */
  static GgufFile read(Path file) throws IOException {
    long bytes = Files.size(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      Head head = new Head(in);
      GgufFile read = head.read();
      if (bytes < read.leastBytes()) {
        throw new Malformed(
            "it has " + bytes + " bytes and must have more than " + read.leastBytes(), true);
      }
      return read;
    } catch (EOFException e) {
      Malformed cut = new Malformed("it ends within its head, after " + bytes + " bytes", true);
      cut.initCause(e);
      throw cut;
    }
  }

  /** Reads on and counts. All numbers are little-endian. */
  private static final class Head {
    private final DataInputStream in;
    private long at;
    private String architecture = "";
    private OptionalInt contextTokens = OptionalInt.empty();
    private Optional<String> template = Optional.empty();
    private String vocabulary = "";
    private String splitting = "";
    private OptionalInt opening = OptionalInt.empty();
    private Optional<Boolean> opens = Optional.empty();
    private List<String> tokens = List.of();
    private List<Integer> types = List.of();
    private int alignment = DEFAULT_ALIGNMENT;

    Head(InputStream in) {
      this.in = new DataInputStream(in);
    }

    GgufFile read() throws IOException {
      if (u32() != MAGIC) {
        throw new Malformed("it does not begin with GGUF", false);
      }
      int version = u32();
      if (version < OLDEST || version > NEWEST) {
        throw new Malformed("it is of version " + version + " of the format", false);
      }
      long tensors = count();
      long keys = count();
      for (long i = 0; i < keys; i++) {
        take(text(), u32());
      }
      long lastTensor = lastTensor(tensors);
      long data = (at + alignment - 1) / alignment * alignment;
      return new GgufFile(
          architecture, contextTokens, template, control(), opening(), data + lastTensor + 1);
    }

    private void take(String key, int type) throws IOException {
      switch (key) {
        case "general.architecture" -> architecture = string(key, type);
        case "general.alignment" -> alignment = Math.max(1, (int) number(type));
        case "tokenizer.chat_template" -> template = Optional.of(string(key, type));
        case "tokenizer.ggml.model" -> vocabulary = string(key, type);
        case "tokenizer.ggml.pre" -> splitting = string(key, type);
        case "tokenizer.ggml.bos_token_id" -> opening = OptionalInt.of((int) number(type));
        case "tokenizer.ggml.add_bos_token" -> opens = Optional.of(number(type) != 0);
        case "tokenizer.ggml.tokens" -> tokens = texts(key, type);
        case "tokenizer.ggml.token_type" -> types = numbers(key, type);
        default -> {
          if (key.endsWith(".context_length")) {
            contextTokens = OptionalInt.of((int) Math.min(Integer.MAX_VALUE, number(type)));
          } else {
            skip(type);
          }
        }
      }
    }

    /** By the rule of llama.cpp, which adds the token to texts and not to tokens. */
    private OptionalInt opening() {
      boolean sentencePiece = vocabulary.equals("llama");
      if (!opens.orElse(sentencePiece || OPENED.contains(splitting))) {
        return OptionalInt.empty();
      }
      return opening.isPresent()
          ? opening
          : OptionalInt.of(sentencePiece ? SENTENCE_PIECE_OPENING : BYTE_PAIR_OPENING);
    }

    private List<String> control() {
      return IntStream.range(0, Math.min(tokens.size(), types.size()))
          .filter(i -> types.get(i) == CONTROL)
          .mapToObj(tokens::get)
          .filter(token -> token.length() > 1)
          .toList();
    }

    /** Where the last tensor begins, counted from where tensors do. */
    private long lastTensor(long tensors) throws IOException {
      long last = 0;
      for (long i = 0; i < tensors; i++) {
        text();
        int dimensions = u32();
        for (int d = 0; d < dimensions; d++) {
          u64();
        }
        u32();
        last = Math.max(last, u64());
      }
      return last;
    }

    private String string(String key, int type) throws IOException {
      if (Type.of(type) != Type.STRING) {
        throw new Malformed("its " + key + " is no text", false);
      }
      return text();
    }

    private List<String> texts(String key, int type) throws IOException {
      long count = array(key, type, Type.STRING);
      List<String> texts = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        texts.add(text());
      }
      return texts;
    }

    private List<Integer> numbers(String key, int type) throws IOException {
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

    private long number(int type) throws IOException {
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

    private void skip(int type) throws IOException {
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

    private String text() throws IOException {
      return new String(bytes((int) textBytes()), StandardCharsets.UTF_8);
    }

    private long textBytes() throws IOException {
      long length = u64();
      if (length < 0 || length > MAX_TEXT_BYTES) {
        throw new Malformed("a text in its head has " + length + " bytes", false);
      }
      return length;
    }

    private long count() throws IOException {
      long count = u64();
      if (count < 0 || count > MAX_ENTRIES) {
        throw new Malformed("a list in its head has " + count + " entries", false);
      }
      return count;
    }

    private int u32() throws IOException {
      at += Integer.BYTES;
      return Integer.reverseBytes(in.readInt());
    }

    private long u64() throws IOException {
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
