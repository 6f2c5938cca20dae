package dev.zhiku.server.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.status.GeneratorState;
import dev.zhiku.server.status.ServiceFacts;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The tool {@code status}: what there is to search, and who answers. Thread-safe. */
@Singleton
final class StatusTool implements Tool {
  private final DocumentCatalog catalog;
  private final ServiceFacts facts;
  private final GeneratorState generator;

  StatusTool(DocumentCatalog catalog, ServiceFacts facts, GeneratorState generator) {
    this.catalog = catalog;
    this.facts = facts;
    this.generator = generator;
  }

  /** It takes none. */
  private record NoArguments() {}

  @Override
  public String name() {
    return "status";
  }

  @Override
  public Class<? extends Record> arguments() {
    return NoArguments.class;
  }

  @Override
  public ToolResult call(ToolCall call) {
    DocumentCatalog.Counts counts = catalog.counts(call.scope().visible());
    GeneratorState.Now now = generator.now(call.locale());
    return new ToolResult.Done(
        new Summary(
            facts.version(),
            catalog.sources().stream()
                .filter(source -> call.scope().seesSource(source.name()))
                .map(source -> new Source(source.name(), source.online(), source.held()))
                .toList(),
            new Files(counts.indexed(), counts.failed(), counts.skipped(), counts.pending()),
            counts.passages(),
            catalog.queue().paused(),
            new Writer(now.backend(), now.model(), now.ready(), now.detail())));
  }

  /**
   * What there is.
   *
   * @param passages that can be found
   * @param paused whether no further files are read at present
   * @param generator who writes the answers
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Summary(
      String version,
      List<Source> sources,
      Files files,
      long passages,
      boolean paused,
      Writer generator) {
    Summary {
      sources = List.copyOf(sources);
    }
  }

  /**
   * A folder that is watched.
   *
   * @param held whether nothing is removed until an administrator confirms
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Source(String name, boolean online, boolean held) {}

  /** Files by state. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Files(long indexed, long failed, long skipped, long pending) {}

  /**
   * Who writes the answers.
   *
   * @param detail why it does not answer, or what to know
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Writer(String backend, Optional<String> model, boolean ready, Optional<String> detail) {}
}
