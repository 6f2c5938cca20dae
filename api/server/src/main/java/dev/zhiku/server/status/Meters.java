package dev.zhiku.server.status;

import dev.zhiku.answering.answer.Answer;
import dev.zhiku.answering.answer.AnswerMeter;
import dev.zhiku.generators.egress.Egress;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.pipeline.IngestMeter;
import dev.zhiku.server.audit.AuditLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What {@code /metrics} counts. No meter carries a name of a file, a question or a user.
 * Thread-safe.
 */
public final class Meters implements IngestMeter, AnswerMeter {
  /** Stages of a query, as in {@code timings_ms}. */
  private static final Set<String> STAGES =
      Set.of("rewrite", "embed", "search", "generate", "total");

  private static final Set<String> OUTCOMES = Set.of("indexed", "skipped", "failed");

  private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  /** As Prometheus names them, which leaves out the ending of the unit's total. */
  private static final Set<String> OF_NO_DOCUMENTS =
      Set.of(
          "zhiku_query_seconds",
          "zhiku_query_seconds_max",
          "zhiku_generation_tokens",
          "zhiku_egress_attempts",
          "zhiku_disk_free_bytes",
          "zhiku_audit_lost_records");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter embedded;

  /** Meters at zero; those that are known beforehand are there from the start. */
  public Meters() {
    embedded =
        Counter.builder("zhiku.embedded.passages")
            .description("Texts given to an embedder at ingest")
            .register(registry);
    OUTCOMES.forEach(this::parsedCounter);
    for (Egress.Purpose purpose : Egress.Purpose.values()) {
      FunctionCounter.builder(
              "zhiku.egress.attempts", Egress.ofProcess(), sent -> sent.attempts(purpose))
          .description("Attempts to send something to another host since the start")
          .tag("purpose", purpose.wireName())
          .register(registry);
    }
    STAGES.forEach(this::queryTimer);
  }

  @Override
  public void embedded(int texts) {
    embedded.increment(texts);
  }

  /** Not counted: what was not embedded is no work. */
  @Override
  public void carriedOver(int vectors) {}

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException for any other outcome
   */
  @Override
  public void parsed(String outcome) {
    require("outcome", outcome, OUTCOMES);
    parsedCounter(outcome).increment();
  }

  /**
   * A stage of a query took so long.
   *
   * @param stage as in {@code timings_ms}
   * @throws IllegalArgumentException for any other
   */
  public void query(String stage, Duration took) {
    require("stage", stage, STAGES);
    queryTimer(stage).record(took);
  }

  /**
   * A backend wrote so many tokens.
   *
   * @param backend name of its kind
   */
  public void generated(String backend, int tokens) {
    Counter.builder("zhiku.generation.tokens")
        .description("Tokens of answers and reasoning")
        .tag("backend", backend)
        .register(registry)
        .increment(tokens);
  }

  @Override
  public void answered(Answer answer) {
    Answer.Timings took = answer.timings();
    query("rewrite", took.rewrite());
    query("embed", took.embed());
    query("search", took.search());
    query("generate", took.generate());
    query("total", took.total());
    generated(answer.generator().backend(), answer.budget().completionTokens());
  }

  /** Shows the depth of the queue, asked anew each time. */
  void watch(DocumentCatalog catalog, RecentCounts counts) {
    Gauge.builder("zhiku.queue.depth", () -> catalog.queue().depth())
        .description("Files waiting or being read")
        .register(registry);
    files("indexed", () -> counts.now().indexed());
    files("failed", () -> counts.now().failed());
    files("skipped", () -> counts.now().skipped());
    files("pending", () -> counts.now().pending());
  }

  private void files(String state, Supplier<Number> count) {
    Gauge.builder("zhiku.files", count)
        .description("Files by what became of them")
        .tag("state", state)
        .register(registry);
  }

  /** Shows how much room there is, and whether what is done is recorded. */
  void watch(StoreHealth health, AuditLog audit) {
    Gauge.builder("zhiku.disk.free", () -> health.disk().state().freeBytes())
        .description("Free room on the disk of the data folder")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("zhiku.audit.lost.records", audit::trouble)
        .description("Records of the audit log that could not be written since the last that was")
        .register(registry);
  }

  /** All meters in the text format of Prometheus. */
  String text() {
    return registry.scrape();
  }

  /** Those alone that count no documents. */
  String textWithoutDocuments() {
    return registry.scrape(FORMAT, OF_NO_DOCUMENTS);
  }

  private Counter parsedCounter(String outcome) {
    return Counter.builder("zhiku.parsed.documents")
        .description("Documents that went through the parser")
        .tag("outcome", outcome)
        .register(registry);
  }

  private Timer queryTimer(String stage) {
    return Timer.builder("zhiku.query")
        .description("Time that questions take, by stage")
        .tag("stage", stage)
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofMinutes(2))
        .register(registry);
  }

  private static void require(String name, String value, Set<String> known) {
    if (!known.contains(value)) {
      throw new IllegalArgumentException(name + " must be one of " + known + ", got " + value);
    }
  }
}
