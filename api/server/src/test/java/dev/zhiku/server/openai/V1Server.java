package dev.zhiku.server.openai;

import dev.zhiku.answering.answer.AnswerMeter;
import dev.zhiku.answering.answer.AnswerService;
import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.answer.StandingWarnings;
import dev.zhiku.answering.answer.SupportRule;
import dev.zhiku.answering.answer.SwitchableChatBackend;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.query.AnswerRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** A service with two documents and one source, answering at {@code /v1}. */
public final class V1Server implements AutoCloseable {
  /** Questions that may wait. */
  public static final int WAITING = 2;

  public final SwitchableChatBackend backend = new SwitchableChatBackend();
  public final TestServer http;
  private final Library library = new Library();
  private final AnswerRuns runs;

  private V1Server(Path folder, TestServer.Settings settings, int waiting, ChatBackend first) {
    backend.use(first);
    library.add(
        "hr/员工手册.pdf",
        "application/pdf",
        List.of(Location.page(12, List.of("第三章 假期", "年假"))),
        "正式员工每年享有 15 天带薪年假。年假应当提前一周申请。");
    library.add(
        "lab/rules.txt", "Wear goggles in the laboratory at all times. Eating is forbidden.");
    Semaphore cores = new Semaphore(2);
    AnswerService service =
        new AnswerService(
            new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, cores),
            backend,
            new ExtractiveBackend(cores),
            new Prompt.Limits(1_024, 4_096, Duration.ofMinutes(1)),
            SupportRule.NONE,
            waiting,
            StandingWarnings.NONE,
            AnswerMeter.NONE);
    runs = new AnswerRuns(service, InstantSource.system());
    http = TestServer.start(folder, settings.runs(runs));
    http.catalog.put(source("knowledge"));
    http.lifecycle.serving();
  }

  public static V1Server start(Path folder, TestServer.Settings settings) {
    return start(folder, settings, WAITING, new ExtractiveBackend(new Semaphore(2)));
  }

  /**
   * @param waiting questions that may wait
   * @param first who writes at first; as many answers are written at once for good as it can
   */
  public static V1Server start(
      Path folder, TestServer.Settings settings, int waiting, ChatBackend first) {
    return new V1Server(folder, settings, waiting, first);
  }

  private static SourceState source(String name) {
    return new SourceState(name, "/srv/" + name, true, false, Phrase.NONE, Optional.empty());
  }

  /** No model any more. */
  public void quoteAgain() {
    backend.use(new ExtractiveBackend(new Semaphore(2)));
  }

  public String url() {
    return http.uri("/v1").toString();
  }

  @Override
  public void close() {
    runs.close();
    http.close();
    library.index.requireNoOpenSnapshot();
  }
}
