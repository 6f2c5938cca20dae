package dev.zhiku.app.wiring;

import dev.zhiku.answering.answer.AnswerService;
import dev.zhiku.answering.answer.SupportRule;
import dev.zhiku.answering.answer.SwitchingAnswerer;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.explain.Explainer;
import dev.zhiku.answering.lexicon.LexiconFile;
import dev.zhiku.answering.search.Reranker;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.app.config.LoadedConfig;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.generators.library.ModelLibrary;
import dev.zhiku.server.status.Meters;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Answering: the retriever, the generator, and the library that another one is chosen from. */
final class Answering implements AutoCloseable {
  private final OpenParts parts;
  private final SwitchingAnswerer answers;
  private final Explainer explainer;
  private final ModelLibrary models;
  private final GeneratorSwitch generator;
  private final Reranker reranker;
  private final LexiconFile words;

  private Answering(
      OpenParts parts, LoadedConfig loaded, DataFolder data, Stores stores, Meters meters)
      throws InterruptedException {
    this.parts = parts;
    ZhikuConfig config = loaded.config();
    Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors());
    ChatBackend quoting = new ExtractiveBackend(cores);
    reranker = RerankerFactory.open(config.reranker(), data.folder("native"), parts);
    words = new LexiconFile(data.root().resolve("words.txt"));
    Retriever retriever =
        new Retriever(
            stores.index().answering(),
            stores.embedders(),
            SearchConfig.DEFAULT,
            cores,
            words,
            reranker);
    SourceWarnings warnings = new SourceWarnings(stores.ledger(), stores.health());
    AtomicInteger opened = new AtomicInteger();
    AtomicReference<ZhikuConfig> current = new AtomicReference<>(config);
    GeneratorSwitch.Opening generators =
        chosen -> {
          ChatBackend backend =
              GeneratorFactory.open(
                  chosen.generator(),
                  quoting,
                  () -> data.folder("tmp/model-" + opened.incrementAndGet()));
          current.set(chosen);
          return backend;
        };
    answers =
        parts.keep(
            "The generator",
            new SwitchingAnswerer(
                generators.open(config),
                backend -> {
                  ZhikuConfig now = Objects.requireNonNull(current.get(), "set from the start");
                  return new AnswerService(
                      retriever,
                      backend,
                      quoting,
                      limits(now),
                      SupportRule.ofPercent(now.generator().leastSupportedPercent()),
                      config.queue().waiting(),
                      warnings,
                      meters);
                }));
    explainer = new Explainer(retriever, () -> answers.backend().model().aiGenerated());
    generator = new GeneratorSwitch(loaded, generators, answers::exchange);
    models = parts.keep("The library of models", ModelLibraryFactory.open(config, generator));
  }

  /**
   * Opens what answers questions. The stores must outlive it.
   *
   * @throws CannotStart if a file that the generator needs cannot be used
   */
  static Answering open(LoadedConfig loaded, DataFolder data, Stores stores, Meters meters)
      throws InterruptedException {
    return OpenParts.open(parts -> new Answering(parts, loaded, data, stores, meters));
  }

  private static Prompt.Limits limits(ZhikuConfig config) {
    return new Prompt.Limits(
        config.generator().maxAnswerTokens(),
        config.generator().maxReasoningTokens(),
        config.generator().deadline());
  }

  SwitchingAnswerer answers() {
    return answers;
  }

  Explainer explainer() {
    return explainer;
  }

  LexiconFile words() {
    return words;
  }

  ModelLibrary models() {
    return models;
  }

  GeneratorSwitch generator() {
    return generator;
  }

  Reranker reranker() {
    return reranker;
  }

  @Override
  public void close() {
    parts.close();
  }
}
