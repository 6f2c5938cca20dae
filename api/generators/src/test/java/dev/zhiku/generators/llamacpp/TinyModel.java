package dev.zhiku.generators.llamacpp;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A language model of half a megabyte in a GGUF file: architecture {@code llama}, one token for
 * each byte, random embeddings. It says what it was told to say: each token has at most one
 * successor, and its layers, though they are computed like any others, add nothing. The last token
 * of the prompt decides what it begins with.
 */
final class TinyModel {
  static final int UNKNOWN = 0;
  static final int BEGIN = 1;
  static final int END = 2;

  private static final int FIRST_BYTE = 3;
  private static final int SPACE = FIRST_BYTE + 256;
  private static final int FIRST_CONTROL = SPACE + 1;
  private static final int NORMAL = 1;
  private static final int UNKNOWN_TYPE = 2;
  private static final int CONTROL = 3;
  private static final int BYTE = 6;
  private static final int HEADS = 4;

  /** How far the right token's logit is above zero; others lie within a third of it. */
  private static final float CERTAINTY = 60;

  private final long seed;
  private final Map<Integer, Integer> successors = new LinkedHashMap<>();
  private final List<String> control = new ArrayList<>();
  private Optional<String> template = Optional.empty();
  private String architecture = "llama";
  private int layers = 2;
  private int width = 64;
  private int context = 32_768;

  TinyModel(long seed) {
    this.seed = seed;
  }

  /** Each byte of the text is followed by the next; no byte may stand in two texts or twice. */
  TinyModel says(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 1; i < utf8.length; i++) {
      follow(token(utf8[i - 1]), token(utf8[i]));
    }
    return this;
  }

  /** What this character is followed by: the first byte of what is said. */
  TinyModel after(char last, char next) {
    return follow(token((byte) last), token((byte) next));
  }

  /** What ends the answer. */
  TinyModel endsAfter(char last) {
    return follow(token((byte) last), END);
  }

  /** The same for any byte, such as the last one of a character. */
  TinyModel afterByte(int last, char next) {
    return follow(token((byte) last), token((byte) next));
  }

  private TinyModel follow(int token, int next) {
    Integer before = successors.put(token, next);
    if (before != null && before != next) {
      throw new IllegalArgumentException("token " + token + " has two successors");
    }
    return this;
  }

  /** Tokens that steer, such as {@code <|im_start|>}. */
  TinyModel control(String... tokens) {
    control.addAll(List.of(tokens));
    return this;
  }

  TinyModel template(String jinja) {
    template = Optional.of(jinja);
    return this;
  }

  /** More layers and wider ones take longer to compute. */
  TinyModel size(int layers, int width) {
    this.layers = layers;
    this.width = width;
    return this;
  }

  /** What no llama.cpp knows, for one. */
  TinyModel architecture(String name) {
    architecture = name;
    return this;
  }

  TinyModel context(int tokens) {
    context = tokens;
    return this;
  }

  private static int token(byte b) {
    return b == ' ' ? SPACE : FIRST_BYTE + Byte.toUnsignedInt(b);
  }

  /** Writes the file. */
  Path write(Path file) {
    System.out.println("tiny model " + file.getFileName() + ": seed " + seed);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      write(out);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(OutputStream out) throws IOException {
    List<Tensor> tensors = tensors();
    Bytes head = new Bytes();
    head.raw("GGUF".getBytes(StandardCharsets.US_ASCII)).u32(3).u64(tensors.size());
    Bytes keys = new Bytes();
    int count = keys(keys);
    head.u64(count).raw(keys.done());
    long offset = 0;
    for (Tensor tensor : tensors) {
      head.text(tensor.name).u32(tensor.shape.length);
      for (int dimension : tensor.shape) {
        head.u64(dimension);
      }
      head.u32(0).u64(offset);
      offset += aligned(4L * tensor.values.length);
    }
    byte[] beginning = head.done();
    out.write(beginning);
    pad(out, beginning.length);
    for (Tensor tensor : tensors) {
      ByteBuffer data =
          ByteBuffer.allocate(4 * tensor.values.length).order(ByteOrder.LITTLE_ENDIAN);
      data.asFloatBuffer().put(tensor.values);
      out.write(data.array());
      pad(out, data.capacity());
    }
  }

  private int keys(Bytes out) {
    int count = 0;
    count += out.key("general.architecture", architecture);
    count += out.key("general.name", "tiny");
    count += out.key(architecture + ".context_length", context);
    count += out.key(architecture + ".embedding_length", width);
    count += out.key(architecture + ".block_count", layers);
    count += out.key(architecture + ".feed_forward_length", 2 * width);
    count += out.key(architecture + ".attention.head_count", HEADS);
    count += out.key(architecture + ".attention.layer_norm_rms_epsilon", 1e-5f);
    count += out.key("tokenizer.ggml.model", "llama");
    count += out.key("tokenizer.ggml.bos_token_id", BEGIN);
    count += out.key("tokenizer.ggml.eos_token_id", END);
    count += out.key("tokenizer.ggml.add_space_prefix", false);
    count += out.texts("tokenizer.ggml.tokens", tokens());
    count += out.floats("tokenizer.ggml.scores", tokens().size());
    count += out.ints("tokenizer.ggml.token_type", types());
    if (template.isPresent()) {
      count += out.key("tokenizer.chat_template", template.get());
    }
    return count;
  }

  private List<String> tokens() {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    for (int b = 0; b < 256; b++) {
      tokens.add(String.format("<0x%02X>", b));
    }
    tokens.add("▁");
    tokens.addAll(control);
    return tokens;
  }

  private List<Integer> types() {
    List<Integer> types = new ArrayList<>(List.of(UNKNOWN_TYPE, CONTROL, CONTROL));
    for (int b = 0; b < 256; b++) {
      types.add(BYTE);
    }
    types.add(NORMAL);
    control.forEach(token -> types.add(CONTROL));
    return types;
  }

  /** Weights by name. */
  private static final class Tensor {
    private final String name;
    private final int[] shape;
    private final float[] values;

    Tensor(String name, int[] shape, float[] values) {
      this.name = name;
      this.shape = shape;
      this.values = values;
    }
  }

  private List<Tensor> tensors() {
    Random random = new Random(seed);
    int vocabulary = FIRST_CONTROL + control.size();
    float[] embedding = normal(random, vocabulary * width);
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(new Tensor("token_embd.weight", new int[] {width, vocabulary}, embedding));
    tensors.add(new Tensor("output_norm.weight", new int[] {width}, ones()));
    tensors.add(
        new Tensor("output.weight", new int[] {width, vocabulary}, output(embedding, vocabulary)));
    for (int layer = 0; layer < layers; layer++) {
      String name = "blk." + layer + ".";
      tensors.add(new Tensor(name + "attn_norm.weight", new int[] {width}, ones()));
      for (String part : List.of("attn_q", "attn_k", "attn_v")) {
        tensors.add(square(name + part, normal(random, width * width)));
      }
      tensors.add(square(name + "attn_output", new float[width * width]));
      tensors.add(new Tensor(name + "ffn_norm.weight", new int[] {width}, ones()));
      for (String part : List.of("ffn_gate", "ffn_up")) {
        tensors.add(
            new Tensor(
                name + part + ".weight",
                new int[] {width, 2 * width},
                normal(random, 2 * width * width)));
      }
      tensors.add(
          new Tensor(
              name + "ffn_down.weight",
              new int[] {2 * width, width},
              new float[2 * width * width]));
    }
    return tensors;
  }

  private Tensor square(String name, float[] values) {
    return new Tensor(name + ".weight", new int[] {width, width}, values);
  }

  private float[] ones() {
    float[] ones = new float[width];
    Arrays.fill(ones, 1);
    return ones;
  }

  private float[] output(float[] embedding, int vocabulary) {
    float[] output = new float[vocabulary * width];
    successors.forEach(
        (token, next) -> {
          for (int i = 0; i < width; i++) {
            output[next * width + i] += CERTAINTY / width * embedding[token * width + i];
          }
        });
    return output;
  }

  private static float[] normal(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static long aligned(long bytes) {
    return (bytes + 31) / 32 * 32;
  }

  private static void pad(OutputStream out, long written) throws IOException {
    out.write(new byte[(int) (aligned(written) - written)]);
  }

  /** Little-endian values as GGUF has them. */
  private static final class Bytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] done() {
      return bytes.toByteArray();
    }

    Bytes raw(byte[] raw) {
      bytes.writeBytes(raw);
      return this;
    }

    Bytes u32(int value) {
      return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    Bytes u64(long value) {
      return raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }

    Bytes text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return u64(utf8.length).raw(utf8);
    }

    int key(String key, String value) {
      text(key).u32(8).text(value);
      return 1;
    }

    int key(String key, int value) {
      text(key).u32(4).u32(value);
      return 1;
    }

    int key(String key, float value) {
      text(key).u32(6).u32(Float.floatToIntBits(value));
      return 1;
    }

    int key(String key, boolean value) {
      text(key).u32(7).raw(new byte[] {(byte) (value ? 1 : 0)});
      return 1;
    }

    int texts(String key, List<String> values) {
      text(key).u32(9).u32(8).u64(values.size());
      values.forEach(this::text);
      return 1;
    }

    int ints(String key, List<Integer> values) {
      text(key).u32(9).u32(5).u64(values.size());
      values.forEach(this::u32);
      return 1;
    }

    int floats(String key, int zeros) {
      text(key).u32(9).u32(6).u64(zeros);
      return raw(new byte[4 * zeros]) == this ? 1 : 0;
    }
  }
}
