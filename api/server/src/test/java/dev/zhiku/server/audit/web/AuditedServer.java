package dev.zhiku.server.audit.web;

import dev.zhiku.answering.answer.AnswerMeter;
import dev.zhiku.answering.answer.AnswerService;
import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.answer.StandingWarnings;
import dev.zhiku.answering.answer.SupportRule;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.audit.AuditConfig;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.QuestionMeter;
import dev.zhiku.server.query.AnswerRuns;
import dev.zhiku.server.status.GeneratorState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** A service with one document that answers and writes down who asked. */
final class AuditedServer implements AutoCloseable {
  final TestServer http;
  final AuditLog log;
  private final Library library = new Library();
  private final AnswerRuns runs;

  private AuditedServer(Path folder, AuditConfig config, TestServer.Settings settings)
      throws IOException {
    library.add("hr/员工手册.txt", "正式员工每年享有 15 天带薪年假。年假应当提前一周申请。");
    Semaphore cores = new Semaphore(2);
    AnswerService service =
        new AnswerService(
            new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, cores),
            new ExtractiveBackend(cores),
            new ExtractiveBackend(cores),
            new Prompt.Limits(1_024, 4_096, Duration.ofMinutes(1)),
            SupportRule.NONE,
            64,
            StandingWarnings.NONE,
            AnswerMeter.NONE);
    log = AuditLog.open(folder.resolve("audit"), config, Clock.systemUTC());
    GeneratorState generator =
        locale ->
            new GeneratorState.Now(
                "extractive", Optional.empty(), true, Optional.empty(), Optional.empty(), false);
    runs =
        new AnswerRuns(
            service,
            InstantSource.system(),
            QuestionMeter.NONE,
            new AnswerAudit(log, generator, config.questions()));
    http = TestServer.start(folder, settings.runs(runs).audit(log));
    http.lifecycle.serving();
  }

  static AuditedServer start(Path folder, AuditConfig config) throws IOException {
    return new AuditedServer(folder, config, new TestServer.Settings());
  }

  /** One that others may come to, with a key. */
  static AuditedServer startForOthers(Path folder, AccessKeys keys) throws IOException {
    return new AuditedServer(
        folder, AuditConfig.DEFAULT, new TestServer.Settings().host("192.168.1.20").keys(keys));
  }

  @Override
  public void close() {
    runs.close();
    http.close();
  }
}
