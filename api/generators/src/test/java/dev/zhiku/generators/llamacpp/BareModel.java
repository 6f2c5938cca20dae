package dev.zhiku.generators.llamacpp;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import dev.zhiku.ingest.child.StreamingLoop;
import java.io.IOException;
import java.util.Iterator;

/**
 * Main class of a child that runs a model as an example of java-llama.cpp does, with nothing of
 * ours but the pipe: each request is a prompt, answered once with {@link Timed}.
 */
final class BareModel {
  private BareModel() {}

  /**
   * What one generation took.
   *
   * @param promptTokens of the prompt
   * @param tokens written
   * @param pieces they came in
   * @param firstMicros until the first piece was there
   * @param restMicros from the first to the last
   */
  record Timed(int promptTokens, int tokens, int pieces, int firstMicros, int restMicros) {
    double microsPerPiece() {
      return (double) restMicros / (pieces - 1);
    }

    static Timed decode(byte[] bytes) throws IOException {
      WireReader in = new WireReader(bytes);
      int promptTokens = in.number();
      int tokens = in.number();
      int pieces = in.number();
      int first = in.number();
      return new Timed(promptTokens, tokens, pieces, first, in.number());
    }

    private byte[] encode() {
      return WireWriter.bytes(
          out -> {
            out.number(promptTokens);
            out.number(tokens);
            out.number(pieces);
            out.number(firstMicros);
            out.number(restMicros);
          });
    }
  }

  /**
   * Serves.
   *
   * @param arguments the file, tokens of the context, threads, tokens to write
   */
  public static void main(String[] arguments) {
    StreamingLoop.serve(
        unasked -> {
          LlamaModel model =
              new LlamaModel(
                  new ModelParameters()
                      .setModel(arguments[0])
                      .setCtxSize(Integer.parseInt(arguments[1]))
                      .setThreads(Integer.parseInt(arguments[2]))
                      .setThreadsBatch(Integer.parseInt(arguments[2]))
                      .setBatchSize(LlamaEngine.BATCH_TOKENS)
                      .setUbatchSize(LlamaEngine.BATCH_TOKENS));
          int most = Integer.parseInt(arguments[3]);
          return (request, exchange) ->
              exchange.send(write(model, new WireReader(request).text(), most).encode());
        });
  }

  private static Timed write(LlamaModel model, String prompt, int most) {
    long begun = System.nanoTime();
    InferenceParameters wanted =
        new InferenceParameters(prompt).setNPredict(most).setTemperature(0).setCachePrompt(true);
    Iterator<LlamaOutput> outputs = model.generate(wanted).iterator();
    long first = begun;
    long last = begun;
    int tokens = 0;
    while (outputs.hasNext()) {
      boolean empty = outputs.next().text.isEmpty();
      if (!empty) {
        last = System.nanoTime();
        first = tokens == 0 ? last : first;
        tokens++;
      }
    }
    int read = model.encode(prompt).length;
    return new Timed(read, tokens, tokens, micros(first - begun), micros(last - first));
  }

  private static int micros(long nanos) {
    return (int) (nanos / 1_000);
  }
}
