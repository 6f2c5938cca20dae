package dev.zhiku.generators.llamacpp;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.Pair;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.OptionalInt;

/**
 * llama.cpp in this process, by java-llama.cpp 4.2.0. Thread-safe. Prompts go in as token numbers
 * and to a slot of our choice, which the library's own parameters cannot express: requests are
 * written here, and the library's package-private methods called. Its own way would also leave a
 * thread waiting for ever when a request is cancelled before its first token.
 *
 * <p>Whatever llama.cpp does not like ends the process; a {@link Failed} is the exception.
 */
final class LlamaEngine {
  /** Tokens of a prompt that llama.cpp computes together; prompts come in smaller parts. */
  static final int BATCH_TOKENS = 512;

  /** Beyond what callers may use: llama.cpp gives up some tokens before its context is full. */
  private static final int CONTEXT_MARGIN = 32;

  private static final MethodHandle REQUEST = method("requestCompletion", int.class, String.class);
  private static final MethodHandle RECEIVE =
      method("receiveCompletion", LlamaOutput.class, int.class);
  private static final MethodHandle CANCEL = method("cancelCompletion", void.class, int.class);
  private static final MethodHandle IS_LAST = isLast();

  /** llama.cpp said no, and lives. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Failed(RuntimeException said) {
      super(String.valueOf(said.getMessage()), said);
    }

    String what() {
      return String.valueOf(getMessage());
    }
  }

  private final LlamaModel model;
  private final OptionalInt opening;

  private LlamaEngine(LlamaModel model, OptionalInt opening) {
    this.model = model;
    this.opening = opening;
  }

  /**
   * Loads the model.
   *
   * @throws Failed if llama.cpp cannot use the file
   * @throws UnsatisfiedLinkError if llama.cpp itself cannot be loaded
   */
  static LlamaEngine load(ModelOptions options) {
    ModelParameters parameters =
        new ModelParameters()
            .setModel(options.model().toString())
            .setCtxSize((options.contextTokens() + CONTEXT_MARGIN) * options.slots())
            .setParallel(options.slots())
            .setBatchSize(BATCH_TOKENS)
            .setUbatchSize(BATCH_TOKENS)
            .setThreads(options.threads())
            .setThreadsBatch(options.threads())
            .disableContextShift();
    if (options.template() != TemplateKind.PLAIN) {
      parameters.enableJinja();
    }
    try {
      return new LlamaEngine(new LlamaModel(parameters), options.opening());
    } catch (RuntimeException e) {
      throw new Failed(e);
    }
  }

  /**
   * The tokens of a whole prompt. llama.cpp puts the opening one before texts and not before
   * tokens; templates often have it themselves.
   */
  int[] prompt(String text) {
    int[] tokens = model.encode(text);
    if (opening.isEmpty() || (tokens.length > 0 && tokens[0] == opening.getAsInt())) {
      return tokens;
    }
    int[] opened = new int[tokens.length + 1];
    opened[0] = opening.getAsInt();
    System.arraycopy(tokens, 0, opened, 1, tokens.length);
    return opened;
  }

  /** How many tokens a part of a prompt has; 0 for no text. */
  int count(String text) {
    return model.encode(text).length;
  }

  /**
   * Writes turns in the template of the model's file. Ends the process if that cannot be read.
   *
   * @param system no turn of its own if empty
   * @param turns of {@code user} and {@code assistant}, in ASCII: other characters may be damaged
   */
  String template(String system, List<Pair<String, String>> turns) {
    InferenceParameters parameters = new InferenceParameters("").setUseChatTemplate(true);
    return model.applyTemplate(parameters.setMessages(system.isEmpty() ? null : system, turns));
  }

  /**
   * Reads the beginning of a prompt into a slot, which remembers it. Blocks until that is done.
   *
   * @param length of what is read, with all that was read before
   */
  void read(int[] prompt, int length, int slot) {
    int task = request(prompt, length, slot, "\"stream\":false,\"n_predict\":0");
    receive(task);
  }

  /**
   * Begins to write.
   *
   * @param choice of {@link TokenChoice}
   * @return for {@link #next} and {@link #cancel}
   */
  int write(int[] prompt, int slot, int maxTokens, String choice) {
    return request(
        prompt, prompt.length, slot, "\"stream\":true,\"n_predict\":" + maxTokens + "," + choice);
  }

  private int request(int[] prompt, int length, int slot, String rest) {
    StringBuilder json = new StringBuilder("{\"prompt\":[");
    for (int i = 0; i < length; i++) {
      json.append(i == 0 ? "" : ",").append(prompt[i]);
    }
    json.append("],\"cache_prompt\":true,\"id_slot\":")
        .append(slot)
        .append(',')
        .append(rest)
        .append('}');
    try {
      return (int) REQUEST.invokeExact(model, json.toString());
    } catch (Throwable e) {
      throw passedOn(e);
    }
  }

  /**
   * What was written next.
   *
   * @param last whether nothing follows
   */
  record Output(String text, boolean last) {}

  /** Blocks until the next token is written; the text is empty in the middle of a character. */
  Output next(int task) {
    LlamaOutput output = receive(task);
    try {
      return new Output(output.text, (boolean) IS_LAST.invokeExact(output));
    } catch (Throwable e) {
      throw passedOn(e);
    }
  }

  private LlamaOutput receive(int task) {
    try {
      return (LlamaOutput) RECEIVE.invokeExact(model, task);
    } catch (Throwable e) {
      throw passedOn(e);
    }
  }

  /** Stops writing; never while {@link #next} waits, which would wait for ever. */
  void cancel(int task) {
    try {
      CANCEL.invokeExact(model, task);
    } catch (Throwable e) {
      throw passedOn(e);
    }
  }

  private static RuntimeException passedOn(Throwable failure) {
    return switch (failure) {
      case Error error -> throw error;
      case RuntimeException said -> new Failed(said);
      default -> new IllegalStateException(failure);
    };
  }

  private static MethodHandle method(String name, Class<?> returns, Class<?> takes) {
    try {
      return privately(LlamaModel.class)
          .findVirtual(LlamaModel.class, name, MethodType.methodType(returns, takes));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("java-llama.cpp has no " + name, e);
    }
  }

  private static MethodHandle isLast() {
    try {
      return privately(LlamaOutput.class).findGetter(LlamaOutput.class, "stop", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("java-llama.cpp does not say which output is the last", e);
    }
  }

  private static MethodHandles.Lookup privately(Class<?> type) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
  }
}
