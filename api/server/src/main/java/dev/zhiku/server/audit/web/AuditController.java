package dev.zhiku.server.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.audit.AuditRecord;
import dev.zhiku.server.audit.AuditSearch;
import dev.zhiku.server.http.Parameters;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.ServerText;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who did what, for auditors. */
@Controller("/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "access")
final class AuditController {
  private static final int LIMIT = 50;
  private static final int MOST = 500;
  private static final int LONGEST = 200;
  private static final String CURSOR = "\\d{1,18}";

  private final AuditLog log;

  AuditController(AuditLog log) {
    this.log = log;
  }

  /** Records of the audit log, the newest first. */
  @Get
  @Operation(
      operationId = "readAudit",
      summary = "List who did what",
      parameters = {
        @Parameter(
            name = "who",
            in = ParameterIn.QUERY,
            description = "part of the name of who did it, or on whose behalf",
            schema = @Schema(type = "string", maxLength = LONGEST)),
        @Parameter(
            name = "what",
            in = ParameterIn.QUERY,
            description = "what was done, such as uploaded",
            schema = @Schema(type = "string", maxLength = LONGEST)),
        @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "this moment and later",
            schema = @Schema(type = "string", format = "date-time")),
        @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "before this moment",
            schema = @Schema(type = "string", format = "date-time")),
        @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "no more are listed, 1 to 500",
            schema = @Schema(type = "integer", defaultValue = "50")),
        @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "next_cursor of the part before",
            schema = @Schema(type = "string"))
      })
  AuditPage list(@Parameter(hidden = true) HttpRequest<?> request) {
    Parameters given =
        Parameters.of(request, Set.of("who", "what", "from", "to", "limit", "cursor"));
    int limit = given.number("limit", 1, MOST, LIMIT);
    List<AuditRecord> found =
        log.search()
            .newest(
                new AuditSearch.Wanted(
                    given.text("who", LONGEST),
                    given.text("what", LONGEST),
                    moment(given, "from"),
                    moment(given, "to")),
                given.cursor(LONGEST, AuditController::place).orElse(Long.MAX_VALUE),
                limit);
    Optional<String> next =
        found.size() < limit
            ? Optional.empty()
            : Optional.of(Long.toString(found.getLast().number()));
    return new AuditPage(
        found.stream().map(AuditView::of).toList(), next, log.head().toString(), log.trouble());
  }

  private static Optional<Instant> moment(Parameters given, String name) {
    return given
        .text(name, LONGEST)
        .map(
            text -> {
              try {
                return OffsetDateTime.parse(text).toInstant();
              } catch (DateTimeException e) {
                throw new Problem(
                    ProblemCode.VALUE_OUT_OF_RANGE, name, ServerText.of("rule.moment"));
              }
            });
  }

  private static Optional<Long> place(String cursor) {
    return cursor.matches(CURSOR) ? Optional.of(Long.parseLong(cursor)) : Optional.empty();
  }

  /**
   * A part of the log.
   *
   * @param nextCursor for the next part; null on the last
   * @param head of the whole log, by which it can be verified later
   * @param lost records that cannot be written at present
   */
  @Schema(name = "AuditRecords")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record AuditPage(List<AuditView> items, Optional<String> nextCursor, String head, long lost) {
    AuditPage {
      items = List.copyOf(items);
    }
  }
}
