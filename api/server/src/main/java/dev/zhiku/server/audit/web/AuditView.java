package dev.zhiku.server.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.audit.AuditRecord;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A record of the audit log.
 *
 * @param number in the log, from 1
 * @param what was done
 * @param who did it
 * @param role he had; empty where he had none
 * @param behalf of whom an application asked; empty if of nobody
 * @param from which address
 * @param request its id, as X-Request-Id of the response has it
 * @param subject it was done to
 * @param outcome status of the response, or how the answer ended
 * @param answer what an answer rests on; null for everything else
 * @param document what a document was that was deleted; null for everything else
 * @param sound whether its hash is that of its content
 */
@Schema(name = "AuditRecord")
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record AuditView(
    long number,
    Instant at,
    String what,
    String who,
    String role,
    String behalf,
    String from,
    String request,
    String subject,
    String outcome,
    Optional<Answered> answer,
    Optional<Deleted> document,
    boolean sound) {
  static AuditView of(AuditRecord record) {
    AuditEvent event = record.event();
    return new AuditView(
        record.number(),
        record.at(),
        event.what(),
        event.who(),
        event.role(),
        event.behalf(),
        event.from(),
        event.request(),
        event.subject(),
        event.outcome(),
        event.answer().map(Answered::of),
        event.document().map(Deleted::of),
        record.sound());
  }

  /**
   * What a document was that was deleted.
   *
   * @param id of the document
   * @param source it was in
   * @param path inside the source
   * @param sha256 of its bytes as they were last read; empty if they never were
   * @param bytes of the file
   */
  @Schema(name = "DeletedDocument")
  @Serdeable(naming = SnakeCaseStrategy.class)
  record Deleted(String id, String source, String path, String sha256, long bytes) {
    static Deleted of(AuditEvent.DocumentFacts facts) {
      return new Deleted(facts.id(), facts.source(), facts.path(), facts.sha256(), facts.bytes());
    }
  }

  /**
   * What an answer rests on.
   *
   * @param id of the answer
   * @param backend that wrote it
   * @param model of the backend; empty if it has none
   * @param promptForm in which the model was asked; empty if none was
   * @param epoch of the index that was searched; 0 where the answer broke off
   * @param files SHA-256 of each file whose passages were shown
   * @param question its text, where the configuration has it kept
   */
  @Schema(name = "AuditAnswer")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Answered(
      String id,
      String backend,
      String model,
      String promptForm,
      long epoch,
      List<String> files,
      Optional<String> question) {
    Answered {
      files = List.copyOf(files);
    }

    static Answered of(AuditEvent.AnswerFacts facts) {
      return new Answered(
          facts.id(),
          facts.backend(),
          facts.model(),
          facts.promptForm(),
          facts.epoch(),
          facts.files(),
          facts.question());
    }
  }
}
