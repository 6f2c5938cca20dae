package dev.zhiku.server.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zhiku.generators.testing.PromisedTime;
import dev.zhiku.index.DocumentId;
import dev.zhiku.server.audit.AuditConfig;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.audit.AuditSearch;
import dev.zhiku.server.erasure.ErasurePlace.Kind;
import dev.zhiku.server.erasure.ErasurePlace.Left;
import dev.zhiku.server.http.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private final Shelf shelf = new Shelf("index-files", Kind.CLEARED);
  private final Shelf trash = new Shelf("trash", Kind.KEPT);

  /** A place of which only {@link #end} takes what it keeps. */
  private static final class Shelf implements ErasurePlace {
    private final String name;
    private final Kind kind;
    private final Set<DocumentId> there = ConcurrentHashMap.newKeySet();
    private volatile boolean broken;

    Shelf(String name, Kind kind) {
      this.name = name;
      this.kind = kind;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Kind kind() {
      return kind;
    }

    @Override
    public Left left(SoughtDocument document) {
      return there.contains(document.id()) ? Left.of(List.of("a.md")) : Left.NOTHING;
    }

    @Override
    public void clear(Set<DocumentId> documents) throws IOException {
      if (broken) {
        throw new IOException("broken");
      }
      if (kind == Kind.CLEARED) {
        there.removeAll(documents);
      }
    }

    @Override
    public void end(DocumentId document) {
      there.remove(document);
    }
  }

  private AuditLog audit() throws IOException {
    return AuditLog.open(folder.resolve("audit"), AuditConfig.DEFAULT, Clock.systemUTC());
  }

  private static long erased(AuditLog audit) {
    AuditSearch.Wanted wanted =
        new AuditSearch.Wanted(
            Optional.empty(), Optional.of(Erasure.ERASED), Optional.empty(), Optional.empty());
    return audit.search().newest(wanted, Long.MAX_VALUE, 9).size();
  }

  @Test
  void what_was_deleted_is_erased_soon_and_recorded_and_what_is_kept_stays() throws Exception {
    DocumentId document = DocumentId.random();
    shelf.there.add(document);
    trash.there.add(document);
    Path due = folder.resolve("erasing.txt");
    try (AuditLog audit = audit();
        Erasure erasure = Erasure.start(due, List.of(shelf, trash), audit, Duration.ZERO)) {
      erasure.due(document);
      PromisedTime.await("erased", PATIENCE, () -> !erasure.isDue(document));
      assertThat(shelf.there).isEmpty();
      assertThat(trash.there).containsExactly(document);
      assertThat(erased(audit)).isOne();
      assertThat(due).doesNotExist();

      erasure.now(document);
      assertThat(trash.there).isEmpty();
    }
  }

  @Test
  void what_was_not_done_before_the_end_is_done_after_the_next_start() throws Exception {
    DocumentId document = DocumentId.random();
    shelf.there.add(document);
    Path due = folder.resolve("erasing.txt");
    try (AuditLog audit = audit()) {
      try (Erasure erasure = Erasure.start(due, List.of(shelf), audit, Duration.ofHours(1))) {
        erasure.due(document);
      }
      assertThat(Files.readString(due)).contains(document.value());
      assertThat(erased(audit)).isZero();
      try (Erasure erasure = Erasure.start(due, List.of(shelf), audit, Duration.ZERO)) {
        PromisedTime.await("erased", PATIENCE, () -> !erasure.isDue(document));
      }
      assertThat(erased(audit)).isOne();
    }
  }

  @Test
  void a_place_that_fails_keeps_the_document_due() throws Exception {
    DocumentId document = DocumentId.random();
    shelf.broken = true;
    try (AuditLog audit = audit();
        Erasure erasure =
            Erasure.start(
                folder.resolve("erasing.txt"), List.of(shelf), audit, Duration.ofHours(1))) {
      assertThat(catchThrowable(() -> erasure.now(document))).hasMessage("broken");
      assertThat(erasure.isDue(document)).isTrue();
      assertThat(erased(audit)).isZero();
    }
  }

  @Test
  void the_proof_says_what_is_left_and_ends_it_when_it_is_asked_to() {
    DocumentId document = DocumentId.random();
    trash.there.add(document);
    shelf.there.add(document);
    try (TestServer server =
        TestServer.start(folder, new TestServer.Settings().places(shelf, trash))) {
      server.lifecycle.serving();
      assertThat(server.get("/audit/proof/" + document.value()).body())
          .contains("\"complete\":false", "\"deleted\":null", "\"place\":\"trash\"", "a.md");
      assertThat(server.send("POST", "/documents/" + document.value() + "/erase").body())
          .contains("\"complete\":true", "\"found\":0");
      assertThat(server.get("/audit/proof/nonsense").statusCode()).isEqualTo(404);
    }
  }
}
