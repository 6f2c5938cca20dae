package dev.zhiku.app.wiring;

import dev.zhiku.app.start.DataFolder;
import dev.zhiku.index.lucene.HeldIndex;
import dev.zhiku.server.backup.BackupPart;
import dev.zhiku.server.backup.Backups;
import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What lies in a data folder whose service does not run. Its service database is open all the same,
 * for the keys; the catalogue is copied as it was closed, with its seal.
 */
record RestingStores(DataFolder data) implements Backups.Stores {
  private static final String SERVICE = "db/" + ServiceDatabase.NAME;

  @Override
  public Backups.Held hold() throws IOException, InterruptedException {
    data.empty("tmp/backup");
    Path service = data.folder("tmp/backup").resolve("service.zip");
    ServiceDatabase.copyTo(data.folder("db"), service);
    List<BackupPart> parts = new ArrayList<>();
    DataParts.files(data.folder("db"), "db/").stream()
        .filter(part -> !part.name().startsWith(SERVICE + "."))
        .forEach(parts::add);
    parts.add(BackupPart.zipped(SERVICE + ".mv.db", service));
    parts.addAll(DataParts.settings(data.root()));
    parts.addAll(AuditTrail.parts(data.root()));
    HeldIndex held = HeldIndex.atRest(data.folder("index"));
    parts.addAll(DataParts.index(held));
    return new Backups.Held(Map.of("index", held.epoch()), parts, Duration.ZERO, held::close);
  }
}
