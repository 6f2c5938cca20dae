package dev.zhiku.generators.llamacpp;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
public record GgufFile(
    String architecture,
    OptionalInt contextTokens,
    Optional<String> template,
    List<String> controlTokens,
    OptionalInt opening,
    long leastBytes) {
  private static final int MAGIC = 0x46554747;
  private static final int OLDEST = 2;
  private static final int NEWEST = 3;

  private static final int CONTROL = 3;
  private static final int DEFAULT_ALIGNMENT = 32;

  /** The opening token of these vocabularies where the file does not name it. */
  private static final int SENTENCE_PIECE_OPENING = 1;

  private static final int BYTE_PAIR_OPENING = 11;

  /** Kinds of byte-pair vocabularies that llama.cpp opens unless the file says otherwise. */
  private static final Set<String> OPENED = Set.of("llama3", "llama-v3", "llama-bpe", "falcon3");

  public GgufFile {
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

  /** The part that is known so far. */
  private static final class Head {
    private final GgufReader in;
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
      this.in = new GgufReader(in);
    }

    GgufFile read() throws IOException {
      if (in.u32() != MAGIC) {
        throw new Malformed("it does not begin with GGUF", false);
      }
      int version = in.u32();
      if (version < OLDEST || version > NEWEST) {
        throw new Malformed("it is of version " + version + " of the format", false);
      }
      long tensors = in.count();
      long keys = in.count();
      for (long i = 0; i < keys; i++) {
        take(in.text(), in.u32());
      }
      long lastTensor = lastTensor(tensors);
      long data = (in.at() + alignment - 1) / alignment * alignment;
      return new GgufFile(
          architecture, contextTokens, template, control(), opening(), data + lastTensor + 1);
    }

    private void take(String key, int type) throws IOException {
      switch (key) {
        case "general.architecture" -> architecture = in.string(key, type);
        case "general.alignment" -> alignment = Math.max(1, (int) in.number(type));
        case "tokenizer.chat_template" -> template = Optional.of(in.string(key, type));
        case "tokenizer.ggml.model" -> vocabulary = in.string(key, type);
        case "tokenizer.ggml.pre" -> splitting = in.string(key, type);
        case "tokenizer.ggml.bos_token_id" -> opening = OptionalInt.of((int) in.number(type));
        case "tokenizer.ggml.add_bos_token" -> opens = Optional.of(in.number(type) != 0);
        case "tokenizer.ggml.tokens" -> tokens = in.texts(key, type);
        case "tokenizer.ggml.token_type" -> types = in.numbers(key, type);
        default -> {
          if (key.endsWith(".context_length")) {
            int trained = (int) Math.min(Integer.MAX_VALUE, in.number(type));
            contextTokens = trained > 0 ? OptionalInt.of(trained) : OptionalInt.empty();
          } else {
            in.skip(type);
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
        in.text();
        int dimensions = in.u32();
        for (int d = 0; d < dimensions; d++) {
          in.u64();
        }
        in.u32();
        last = Math.max(last, in.u64());
      }
      return last;
    }
  }
}
