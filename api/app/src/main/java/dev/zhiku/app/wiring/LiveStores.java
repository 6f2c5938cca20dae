package dev.zhiku.app.wiring;

import dev.zhiku.app.start.DataFolder;
import dev.zhiku.index.lucene.HeldIndex;
import dev.zhiku.ingest.catalog.jdbc.CatalogDatabase;
import dev.zhiku.server.backup.BackupPart;
import dev.zhiku.server.backup.Backups;
import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a running service has in its data folder. The catalogue is copied while no change of the
 * index is made, so that it is never behind the index, nor more than the documents on their way
 * ahead of it.
 */
record LiveStores(DataFolder data, Stores stores) implements Backups.Stores {
  private static final String SCRATCH = "tmp/backup";
  private static final List<String> DECISIONS =
      List.of("decisions.properties", "decisions.before.properties");

  @Override
  public Backups.Held hold() throws IOException, InterruptedException {
    data.empty(SCRATCH);
    Path scratch = data.folder(SCRATCH);
    Path databases = data.folder("db");
    Path catalogue = scratch.resolve("catalog.zip");
    Path service = scratch.resolve("service.zip");
    List<BackupPart> parts = new ArrayList<>();
    AtomicLong catalogueEpoch = new AtomicLong();
    AtomicLong nanos = new AtomicLong();
    HeldIndex held =
        stores
            .index()
            .hold(
                () -> {
                  long start = System.nanoTime();
                  CatalogDatabase.copyTo(databases, catalogue);
                  catalogueEpoch.set(stores.ledger().epoch());
                  parts.addAll(decisions(databases));
                  nanos.set(System.nanoTime() - start);
                });
    boolean done = false;
    try {
      ServiceDatabase.copyTo(databases, service);
      parts.addAll(partsBeside(catalogue, service));
      parts.addAll(DataParts.index(held));
      Backups.Held all =
          new Backups.Held(
              Map.of("index", held.epoch(), "catalogue", catalogueEpoch.get()),
              parts,
              Duration.ofNanos(nanos.get()),
              () -> release(held, catalogue, service));
      done = true;
      return all;
    } finally {
      if (!done) {
        held.close();
      }
    }
  }

  /** All but the index and the decisions, which belong to one moment with the catalogue. */
  private List<BackupPart> partsBeside(Path catalogue, Path service) throws IOException {
    List<BackupPart> parts = new ArrayList<>();
    parts.add(BackupPart.zipped("db/catalog.mv.db", catalogue));
    parts.add(BackupPart.zipped("db/service.mv.db", service));
    parts.addAll(DataParts.settings(data.root()));
    parts.addAll(AuditTrail.parts(data.root()));
    return parts;
  }

  private static List<BackupPart> decisions(Path databases) {
    List<BackupPart> parts = new ArrayList<>();
    try {
      for (String name : DECISIONS) {
        Path file = databases.resolve(name);
        if (Files.exists(file)) {
          parts.add(BackupPart.of("db/" + name, Files.readAllBytes(file)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the decisions cannot be copied", e);
    }
    return parts;
  }

  private static void release(HeldIndex held, Path... copies) {
    try (held) {
      for (Path copy : copies) {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the copies of the databases cannot be deleted", e);
    }
  }
}
