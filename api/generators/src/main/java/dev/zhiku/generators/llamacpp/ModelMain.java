package dev.zhiku.generators.llamacpp;

import dev.zhiku.ingest.child.StreamingLoop;
import dev.zhiku.ingest.child.StreamingLoop.Exchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Main class of the model child, with {@link ModelOptions#arguments}: loads the model, measures its
 * speed, tries its template, and answers.
 */
public final class ModelMain {
  private static final Path OOM_SCORE = Path.of("/proc/self/oom_score_adj");

  /** Of 1,000: when memory runs out the model goes before the service and its databases. */
  private static final String ENDED_EARLY = "600";

  /** A part that took this long tells how fast prompts are read. */
  private static final Duration TELLING = Duration.ofMillis(125);

  private static final String READ_ALOUD = "Zhiku reads a sentence to learn how fast it reads. ";

  private ModelMain() {}

  public static void main(String[] arguments) {
    StreamingLoop.serve(unasked -> prepare(ModelOptions.of(arguments), unasked));
  }

  private static StreamingLoop.Handler prepare(ModelOptions options, Exchange unasked)
      throws IOException, InterruptedException {
    yieldMemory();
    LlamaEngine engine;
    try {
      engine = LlamaEngine.load(options);
    } catch (LlamaEngine.Failed e) {
      return refusing(new ModelReply.Unusable(false, e.what()), unasked);
    } catch (LinkageError e) {
      return refusing(new ModelReply.Unusable(true, String.valueOf(e.getMessage())), unasked);
    }
    PromptPace pace = new PromptPace();
    measure(engine, pace, options.contextTokens());
    PromptForm form = form(engine, options, unasked);
    AnswerWriter writer = new AnswerWriter(engine, form, pace, options);
    unasked.send(new ModelReply.Ready(form.kind(), pace.tokensPerSecond()).encode());
    return (request, exchange) -> {
      switch (ModelRequest.decode(request)) {
        case ModelRequest.Generate generate -> writer.write(generate, exchange);
        case ModelRequest.Count count ->
            exchange.send(new ModelReply.Counted(engine.count(count.text())).encode());
      }
    };
  }

  /** The parent ends this process when it has read why. */
  private static StreamingLoop.Handler refusing(ModelReply.Unusable why, Exchange unasked)
      throws IOException {
    unasked.send(why.encode());
    return (request, exchange) -> exchange.send(new ModelReply.Failed(why.detail()).encode());
  }

  /** A template may end this process; the parent then starts another that does without. */
  private static PromptForm form(LlamaEngine engine, ModelOptions options, Exchange unasked)
      throws IOException {
    PromptForm plain = new PromptForm(engine, TemplateKind.PLAIN, options.thinks());
    if (options.template() == TemplateKind.PLAIN) {
      return plain;
    }
    unasked.send(new ModelReply.Trying().encode());
    PromptForm own = new PromptForm(engine, TemplateKind.OWN, options.thinks());
    return own.isFit() ? own : plain;
  }

  /** Reads parts that grow until one takes long enough, at most a part of the largest size. */
  private static void measure(LlamaEngine engine, PromptPace pace, int contextTokens) {
    int[] prompt = engine.prompt(READ_ALOUD.repeat(contextTokens / READ_ALOUD.length() + 1));
    int read = 0;
    int part = PromptPace.LEAST;
    boolean telling = false;
    while (!telling && read + part < Math.min(prompt.length, contextTokens)) {
      long begun = System.nanoTime();
      engine.read(prompt, read + part, 0);
      Duration time = Duration.ofNanos(System.nanoTime() - begun);
      pace.measured(part, time);
      telling = time.compareTo(TELLING) >= 0 || part == PromptPace.MOST;
      read += part;
      part = Math.min(PromptPace.MOST, 2 * part);
    }
  }

  private static void yieldMemory() {
    try {
      if (Files.isWritable(OOM_SCORE)) {
        Files.writeString(OOM_SCORE, ENDED_EARLY);
      }
    } catch (IOException e) {
      System.err.println("the system keeps its own order when memory runs out: " + e);
    }
  }
}
