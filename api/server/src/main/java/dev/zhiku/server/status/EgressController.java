package dev.zhiku.server.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.generators.egress.Egress;
import dev.zhiku.server.http.Problems;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;

/** What the service tried to send to others, for whoever has to vouch that nothing leaves. */
@Controller("/egress")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "service")
final class EgressController {
  /** Everything that was tried since the start, by host and purpose. */
  @Get
  @Operation(operationId = "getEgress", summary = "What was sent to other hosts since the start")
  EgressView egress() {
    return new EgressView(
        Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
        Egress.ofProcess().sent().stream().map(HostView::of).toList());
  }

  /**
   * What was sent.
   *
   * @param since when it is counted
   * @param items none where nothing was ever tried
   */
  @Schema(name = "Egress")
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record EgressView(Instant since, List<HostView> items) {
    EgressView {
      items = List.copyOf(items);
    }
  }

  /**
   * What went to a host for a purpose.
   *
   * @param host as it was named
   * @param purpose model, embedding, download, audit-head, alarm or webhook
   * @param attempts requests and messages, those included that were refused or reached nobody
   * @param refused attempts that the rules of the service let send nothing
   */
  @Schema(name = "EgressHost")
  @Serdeable
  record HostView(String host, String purpose, long attempts, long refused) {
    static HostView of(Egress.Sent sent) {
      return new HostView(sent.host(), sent.purpose().wireName(), sent.attempts(), sent.refused());
    }
  }
}
