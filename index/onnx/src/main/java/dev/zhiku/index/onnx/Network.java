package dev.zhiku.index.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A transformer that onnxruntime has loaded, run for one text at a time on the calling thread.
 * Thread-safe; nothing may run when it is closed.
 */
final class Network implements AutoCloseable {
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";
  private static final String POSITIONS = "position_ids";

  /** Inputs that describe a text; a model may leave out all but the first. */
  private static final List<String> KNOWN = List.of(IDS, MASK, TYPES, POSITIONS);

  private final OrtEnvironment environment;
  private final OrtSession session;

  private Network(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  /** Loads a model from the bytes of its file. */
  static Network of(OrtEnvironment environment, byte[] model) throws OrtException {
    try (OrtSession.SessionOptions options = options()) {
      return new Network(environment, environment.createSession(model, options));
    }
  }

  /** Loads a model from its file, beside which its weights may lie. */
  static Network of(OrtEnvironment environment, Path model) throws OrtException {
    try (OrtSession.SessionOptions options = options()) {
      return new Network(environment, environment.createSession(model.toString(), options));
    }
  }

  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    return options;
  }

  /**
   * Checks that the model reads tokens and nothing that is not known of a text.
   *
   * @throws IllegalArgumentException if it does not, with what it reads
   */
  void requireTokensOnly() throws OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    boolean fits =
        inputs.containsKey(IDS)
            && KNOWN.containsAll(inputs.keySet())
            && inputs.values().stream().allMatch(Network::isWholeNumbers);
    if (!fits) {
      throw new IllegalArgumentException(
          "it must read input_ids, perhaps with "
              + String.join(", ", KNOWN.subList(1, KNOWN.size()))
              + ", as 64-bit whole numbers, but it reads "
              + inputs.values());
    }
  }

  private static boolean isWholeNumbers(NodeInfo input) {
    return input.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.INT64;
  }

  /**
   * An output of a model.
   *
   * @param values numbers of all its rows, one row after the other
   * @param shape length of each axis; the first is the text
   */
  record Output(FloatBuffer values, List<Long> shape) {}

  /**
   * Runs the model.
   *
   * @param tokens of one text, 1 or more
   * @param types part of the text that each token belongs to
   * @return the first output
   */
  Output run(long[] tokens, long[] types) throws OrtException {
    long[] attended = new long[tokens.length];
    Arrays.fill(attended, 1);
    long[] positions = new long[tokens.length];
    Arrays.setAll(positions, i -> i);
    Set<String> wanted = session.getInputNames();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (String name : wanted) {
        inputs.put(
            name,
            switch (name) {
              case IDS -> row(tokens);
              case MASK -> row(attended);
              case TYPES -> row(types);
              default -> row(positions);
            });
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return output(result);
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor row(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  private static Output output(OrtSession.Result result) {
    if (result.get(0) instanceof OnnxTensor tensor) {
      FloatBuffer values = tensor.getFloatBuffer();
      if (values != null) {
        return new Output(values, Arrays.stream(tensor.getInfo().getShape()).boxed().toList());
      }
    }
    throw new IllegalArgumentException("its first output is not a table of numbers");
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
