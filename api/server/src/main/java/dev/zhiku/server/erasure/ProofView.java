package dev.zhiku.server.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.audit.AuditRecord;
import dev.zhiku.server.http.ServerText;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of the deletion of a document, and what is left of it.
 *
 * @param document its id
 * @param lookedAt when was looked
 * @param complete whether nothing is left but what stays on purpose
 * @param deleted what was deleted, when and by whom; null if the audit log does not say
 * @param erasedAt when its words were gone from everything that is cleared; null if they are not
 * @param erasedAfterSeconds from the deletion to then; null if either is not known
 * @param head of the audit log, by which it can be verified later
 * @param places everywhere where was looked
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "DeletionProof")
record ProofView(
    String document,
    Instant lookedAt,
    boolean complete,
    Optional<Deletion> deleted,
    Optional<Instant> erasedAt,
    Optional<Double> erasedAfterSeconds,
    String head,
    List<Looked> places) {
  private static final double MILLIS_A_SECOND = 1_000;

  /** The sentence about each place. */
  private static final Map<String, String> ABOUT =
      Map.of(
          "catalogue", "erasure.catalogue",
          "index", "erasure.index",
          "index-files", "erasure.index-files",
          "answers", "erasure.answers",
          "conversations", "erasure.conversations",
          "database-file", "erasure.database-file",
          "trash", "erasure.trash",
          "copies", "erasure.copies",
          "backups", "erasure.backups",
          "put-aside", "erasure.put-aside");

  ProofView {
    places = List.copyOf(places);
  }

  static ProofView of(DeletionProof.Result result, String head, Locale locale) {
    Optional<Instant> erased = result.erased().map(AuditRecord::at);
    return new ProofView(
        result.document().value(),
        result.at(),
        result.isComplete(),
        result.deleted().map(Deletion::of),
        erased,
        result
            .deleted()
            .flatMap(deleted -> erased.map(end -> Duration.between(deleted.at(), end)))
            .map(took -> took.toMillis() / MILLIS_A_SECOND),
        head,
        result.places().stream().map(found -> Looked.of(found, locale)).toList());
  }

  /**
   * A deletion, as the audit log has it.
   *
   * @param number of the record
   * @param hash of the record
   * @param who did it
   * @param role he had
   * @param from which address
   * @param request its id
   * @param source the document was in; null if the record does not say, as the following ones
   * @param path inside the source
   * @param sha256 of its bytes as they were last read; empty if they never were
   * @param bytes of the file
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Deletion")
  record Deletion(
      long number,
      String hash,
      Instant at,
      String who,
      String role,
      String from,
      String request,
      Optional<String> source,
      Optional<String> path,
      Optional<String> sha256,
      Optional<Long> bytes) {
    static Deletion of(AuditRecord record) {
      AuditEvent event = record.event();
      Optional<AuditEvent.DocumentFacts> facts = event.document();
      return new Deletion(
          record.number(),
          record.hash(),
          record.at(),
          event.behalf().isEmpty() ? event.who() : event.behalf() + " by " + event.who(),
          event.role(),
          event.from(),
          event.request(),
          facts.map(AuditEvent.DocumentFacts::source),
          facts.map(AuditEvent.DocumentFacts::path),
          facts.map(AuditEvent.DocumentFacts::sha256),
          facts.map(AuditEvent.DocumentFacts::bytes));
    }
  }

  /**
   * A place where was looked.
   *
   * @param place its name
   * @param kind {@code cleared} by itself, or {@code kept} there on purpose for a while
   * @param found how much is left
   * @param where it is, the first twenty
   * @param about what is there, and how it ends
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "ErasurePlace")
  record Looked(String place, String kind, long found, List<String> where, String about) {
    Looked {
      where = List.copyOf(where);
    }

    static Looked of(DeletionProof.Found found, Locale locale) {
      String name = found.place().name();
      return new Looked(
          name,
          found.place().kind().name().toLowerCase(Locale.ROOT),
          found.left().count(),
          found.left().where(),
          ServerText.of(Objects.requireNonNull(ABOUT.get(name), name)).in(locale));
    }
  }
}
