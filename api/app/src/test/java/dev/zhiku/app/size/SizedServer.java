package dev.zhiku.app.size;

import com.sun.management.OperatingSystemMXBean;
import dev.zhiku.answering.answer.AnswerMeter;
import dev.zhiku.answering.answer.AnswerService;
import dev.zhiku.answering.answer.StandingWarnings;
import dev.zhiku.answering.answer.SupportRule;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.app.evaluation.LabelledCollection;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.lucene.LuceneKnowledgeIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.index.onnx.BundledModels;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.query.AnswerRuns;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The HTTP edge, search and built-in answers over an index on disk, in a process of its own, so
 * that what a question costs it can be told from what the asker costs. There is no ingest and no
 * database beside it.
 *
 * <p>Arguments: a folder, the number of passages that its index is given where there is none yet,
 * the folder of labelled collections. It prints {@link #READY} and its address, answers, and ends
 * with its standard input.
 */
final class SizedServer {
  static final String READY = "ready at ";

  /** Before the index, once it is written; not printed where it was there. */
  static final String WRITTEN = "written in ms ";

  private static final long SEED = 42;
  private static final int WAITING = 64;
  private static final Duration REST = Duration.ofSeconds(5);

  private SizedServer() {}

  public static void main(String... arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int passages = Integer.parseInt(arguments[1]);
    Path collections = Path.of(arguments[2]);
    try (Embedders embedders = BundledModels.open(folder.resolve("native"))) {
      Path stored = folder.resolve("index");
      boolean isNew = !Files.isDirectory(stored);
      try (KnowledgeIndex index = LuceneKnowledgeIndex.open(stored, LuceneSettings.DEFAULT)) {
        if (isNew) {
          long begin = System.nanoTime();
          GrownIndex.of(
                  LabelledCollection.read(collections.resolve("zh-cmrc2018")),
                  LabelledCollection.read(collections.resolve("en-squad2")),
                  embedders,
                  SEED)
              .write(index, passages);
          System.out.println(WRITTEN + (System.nanoTime() - begin) / 1_000_000);
          awaitMerges();
          index.commit(passages);
        }
        serve(Files.createDirectories(folder.resolve("server")), index, embedders);
      }
    }
  }

  /** Until this process computes no more: nothing tells when merges are done. */
  private static void awaitMerges() throws InterruptedException {
    long before;
    long now = cpuNanos();
    do {
      before = now;
      Thread.sleep(REST.toMillis());
      now = cpuNanos();
    } while (now - before > REST.toNanos() / 10);
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void serve(Path folder, KnowledgeIndex index, Embedders embedders)
      throws Exception {
    Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors());
    ExtractiveBackend backend = new ExtractiveBackend(cores);
    AnswerService answers =
        new AnswerService(
            new Retriever(index, embedders, SearchConfig.DEFAULT, cores),
            backend,
            backend,
            new Prompt.Limits(1_024, 0, Duration.ofMinutes(1)),
            SupportRule.NONE,
            WAITING,
            StandingWarnings.NONE,
            AnswerMeter.NONE);
    try (AnswerRuns runs = new AnswerRuns(answers, InstantSource.system());
        TestServer server =
            TestServer.start(folder, new TestServer.Settings().index(index).runs(runs))) {
      server.catalog.put(
          new SourceState("knowledge", "/knowledge", true, false, Phrase.NONE, Optional.empty()));
      server.lifecycle.serving();
      System.out.println(READY + server.uri(""));
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
