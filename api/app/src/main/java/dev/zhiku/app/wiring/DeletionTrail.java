package dev.zhiku.app.wiring;

import dev.zhiku.app.start.DataFolder;
import dev.zhiku.ingest.source.Trash;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.backup.BackupConfig;
import dev.zhiku.server.erasure.Erasure;
import dev.zhiku.server.query.AnswerRuns;
import java.time.Clock;
import java.util.List;

/** The places where a deleted document is looked for and taken out, in this order. */
final class DeletionTrail {
  /** Name of the file in the data folder that remembers what is to be erased. */
  private static final String DUE = "erasing.txt";

  private DeletionTrail() {}

  /** Starts to erase what was deleted. */
  static Erasure start(
      DataFolder data,
      BackupConfig backups,
      Stores stores,
      Keyring keyring,
      AnswerRuns runs,
      AuditLog audit) {
    ErasedConversations conversations =
        new ErasedConversations(
            keyring.conversations(), keyring.compaction(), data.root().resolve("db"));
    return Erasure.start(
        data.root().resolve(DUE),
        List.of(
            new ErasedDocuments.Catalogue(stores.ledger()),
            new ErasedDocuments.Found(stores.index().answering()),
            new ErasedDocuments.Files(stores.index()),
            new ErasedDocuments.Answers(runs),
            conversations,
            conversations.database(),
            new KeptOriginals(new Trash(data.folder("trash"), Clock.systemUTC())),
            new KeptCopies.OfFile(stores.ledger()),
            new KeptCopies.InBackups(KeptCopies.backups(data, backups)),
            new KeptCopies.Aside(data.root())),
        audit,
        Erasure.GATHERING);
  }
}
