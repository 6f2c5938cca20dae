package dev.zhiku.server.erasure;

import dev.zhiku.index.DocumentId;
import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.audit.AuditRecord;
import dev.zhiku.server.audit.AuditSearch;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at what is known of the deletion of a document, and at what is left of it. Thread-safe. */
@Singleton
public final class DeletionProof {
  private static final String DELETED = "deleted";
  private static final String NO_CONTENT = "204";

  private final AuditLog audit;
  private final Erasure erasure;

  DeletionProof(AuditLog audit, Erasure erasure) {
    this.audit = audit;
    this.erasure = erasure;
  }

  /**
   * What was found.
   *
   * @param at when was looked
   * @param deleted the record of the deletion; empty if the audit log has none
   * @param erased the record that its words are gone; empty if there is none since
   * @param places everywhere where was looked
   */
  record Result(
      DocumentId document,
      Instant at,
      Optional<AuditRecord> deleted,
      Optional<AuditRecord> erased,
      List<Found> places) {

    /** Whether nothing is left but what stays on purpose. */
    boolean isComplete() {
      return places.stream()
          .allMatch(
              found -> found.place().kind() == ErasurePlace.Kind.KEPT || found.left().count() == 0);
    }
  }

  /** What was found in a place. */
  record Found(ErasurePlace place, ErasurePlace.Left left) {}

  Result of(DocumentId document, Instant now) throws IOException, InterruptedException {
    Optional<AuditRecord> deleted = last(DELETED, document);
    Optional<AuditRecord> erased =
        last(Erasure.ERASED, document)
            .filter(record -> deleted.filter(d -> d.number() > record.number()).isEmpty())
            .filter(record -> !erasure.isDue(document));
    SoughtDocument sought =
        new SoughtDocument(
            document,
            deleted.flatMap(record -> record.event().document()),
            erased.map(AuditRecord::at));
    List<Found> places = new ArrayList<>();
    for (ErasurePlace place : erasure.places()) {
      places.add(new Found(place, place.left(sought)));
    }
    return new Result(document, now, deleted, erased, places);
  }

  private Optional<AuditRecord> last(String what, DocumentId document) {
    AuditRecord[] last = new AuditRecord[1];
    audit
        .search()
        .each(
            new AuditSearch.Wanted(
                Optional.empty(), Optional.of(what), Optional.empty(), Optional.empty()),
            record -> {
              if (isOf(record.event(), document)) {
                last[0] = record;
              }
            });
    return Optional.ofNullable(last[0]);
  }

  private static boolean isOf(AuditEvent event, DocumentId document) {
    return event.what().equals(Erasure.ERASED)
        ? event.subject().equals(document.value())
        : event.subject().equals("DELETE /documents/" + document.value())
            && event.outcome().equals(NO_CONTENT);
  }
}
