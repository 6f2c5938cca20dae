package dev.zhiku.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import dev.zhiku.ingest.catalog.ClaimResult;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are followed through a rename by their content alone. */
class FolderChangesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final String KNOWN = "The known text.";
  private static final String OTHER = "The other text.";

  @TempDir private Path directory;
  private Path folder;
  private CatalogFixture fixture;
  private DocumentLedger ledger;
  private FolderScanner scanner;
  private FolderChanges changes;

  @BeforeEach
  void open() throws Exception {
    folder = Files.createDirectories(directory.resolve("files"));
    fixture = CatalogFixture.open(directory.resolve("catalogue"));
    ledger = fixture.ledger();
    SourceRoot root = new SourceRoot(folder);
    scanner = new FolderScanner(root, new FileRules(List.of(), List.of()), (path, seen) -> {});
    changes =
        new FolderChanges(
            "files",
            SourceTiming.DEFAULT,
            ledger,
            new NoIndex(),
            Clock.systemUTC(),
            root,
            scanner,
            () -> true);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Nothing is in the index here. */
  private static final class NoIndex implements IndexEffects {
    @Override
    public void vanished(DocumentId id) {}

    @Override
    public void refused(DocumentId id) {}

    @Override
    public void moved(DocumentId id, String path) {}

    @Override
    public void due() {}
  }

  @Test
  void a_file_with_the_content_of_one_that_has_left_is_that_one() throws Exception {
    DocumentId known = indexedAndGone("old.txt");
    write("new.txt", KNOWN, NOW.plusSeconds(1));
    Listing listing = scan();

    apply(listing);

    assertThat(ledger.at("files", "new.txt").map(KnownFile::id)).contains(known);
  }

  @Test
  void a_file_that_changed_after_it_was_seen_is_not_taken_for_one_with_the_content_it_has_by_then()
      throws Exception {
    DocumentId known = indexedAndGone("old.txt");
    write("new.txt", OTHER, NOW.plusSeconds(1));
    Listing listing = scan();
    write("new.txt", KNOWN, NOW.plusSeconds(2));

    apply(listing);

    assertThat(ledger.at("files", "new.txt").map(KnownFile::id)).get().isNotEqualTo(known);
    assertThat(ledger.at("files", "old.txt").map(KnownFile::id)).contains(known);
  }

  @Test
  void a_file_that_was_replaced_by_another_of_its_size_and_time_is_not_taken_for_one_that_has_left()
      throws Exception {
    DocumentId known = indexedAndGone("old.txt");
    write("new.txt", OTHER, NOW.plusSeconds(1));
    Listing listing = scan();
    assumeThat(seen(listing, "new.txt").fileKey()).isNotEmpty();
    Files.move(folder.resolve("new.txt"), folder.resolve("kept.txt"));
    write("new.txt", KNOWN, NOW.plusSeconds(1));

    apply(listing);

    assertThat(ledger.at("files", "new.txt").map(KnownFile::id)).get().isNotEqualTo(known);
  }

  private DocumentId indexedAndGone(String path) throws Exception {
    write(path, KNOWN, NOW);
    FileStamp stamp = seen(scan(), path);
    DocumentId id = DocumentId.random();
    ledger.record(List.of(new FileChange.Appeared(id, "files", path, stamp, true)), NOW);
    Claim claim =
        ledger
            .claim("test", Lane.SMALL, Order.OLDEST_FIRST, NOW, Duration.ofMinutes(1), 1)
            .getFirst();
    ledger.recordResults(
        1,
        List.of(
            new ClaimResult.Indexed(
                claim,
                stamp,
                "text/plain",
                sha256(KNOWN),
                "now",
                1,
                0,
                Optional.empty(),
                List.of(),
                NOW,
                Optional.empty())));
    Files.delete(folder.resolve(path));
    return id;
  }

  private void write(String path, String text, Instant modified) throws Exception {
    Path file = folder.resolve(path);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(modified));
  }

  private Listing scan() throws Exception {
    Listing listing = new Listing();
    scanner.scan("", listing);
    return listing;
  }

  private static FileStamp seen(Listing listing, String path) {
    return Objects.requireNonNull(listing.files().get(path), path).stamp();
  }

  private void apply(Listing listing) throws InterruptedException {
    assertThat(changes.apply(listing, ledger.under("files", ""))).isTrue();
  }

  private static String sha256(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
