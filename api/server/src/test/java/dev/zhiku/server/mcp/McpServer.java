package dev.zhiku.server.mcp;

import dev.zhiku.answering.answer.AnswerMeter;
import dev.zhiku.answering.answer.AnswerService;
import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.answer.StandingWarnings;
import dev.zhiku.answering.answer.SupportRule;
import dev.zhiku.answering.answer.SwitchableChatBackend;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.testing.TestDocuments;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.server.documents.Entries;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.query.AnswerRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** A service that answers at {@code /mcp}, with a manual to ask and a long report to read. */
final class McpServer implements AutoCloseable {
  /** Passages of the report; not all of them fit into one reading. */
  static final int PASSAGES = 9;

  private static final int LETTERS = 3_000;

  final CatalogEntry report = Entries.indexed("reports/年报.pdf", "application/pdf", 1);
  final SwitchableChatBackend backend = new SwitchableChatBackend();
  final TestServer http;
  private final Library library = new Library();
  private final AnswerRuns runs;

  private McpServer(Path folder, TestServer.Settings settings) throws InterruptedException {
    library.add(
        "hr/员工手册.pdf",
        "application/pdf",
        List.of(Location.page(12, List.of("第三章 假期", "年假"))),
        "正式员工每年享有 15 天带薪年假。年假应当提前一周申请。");
    Semaphore cores = new Semaphore(2);
    backend.use(new ExtractiveBackend(cores));
    runs =
        new AnswerRuns(
            new AnswerService(
                new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, cores),
                backend,
                new ExtractiveBackend(cores),
                new Prompt.Limits(1_024, 4_096, Duration.ofMinutes(1)),
                SupportRule.NONE,
                2,
                StandingWarnings.NONE,
                AnswerMeter.NONE),
            InstantSource.system());
    http = TestServer.start(folder, settings.runs(runs));
    http.catalog.put(report);
    http.catalog.put(Entries.failed("reports/locked.docx"));
    DocumentMeta document = TestDocuments.document(report.id(), report.path());
    List<EmbeddedPassage> passages =
        IntStream.range(0, PASSAGES)
            .mapToObj(
                i ->
                    TestDocuments.passage(
                        document,
                        i,
                        "passage " + i + " " + "x".repeat(LETTERS),
                        Location.page(i + 1, List.of()),
                        TestDocuments.ONE))
            .toList();
    http.index.replace(document, passages);
    http.lifecycle.serving();
  }

  static McpServer start(Path folder, TestServer.Settings settings) throws InterruptedException {
    return new McpServer(folder, settings);
  }

  @Override
  public void close() {
    runs.close();
    http.index.requireNoOpenSnapshot();
    http.close();
  }
}
