package dev.zhiku.app.wiring;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.file.DurableFile;
import dev.zhiku.server.conversations.ConversationStore;
import dev.zhiku.server.conversations.WithoutDocument;
import dev.zhiku.server.erasure.ErasurePlace;
import dev.zhiku.server.erasure.SoughtDocument;
import dev.zhiku.server.identity.jdbc.ServiceCompaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Conversations that were answered from a document, and the file of their database, in which what
 * was removed stands until the file is written anew. Thread-safe.
 */
final class ErasedConversations implements ErasurePlace {
  private final ConversationStore store;
  private final ServiceCompaction compaction;
  private final Path mark;

  /**
   * @param databases folder of the database
   */
  ErasedConversations(ConversationStore store, ServiceCompaction compaction, Path databases) {
    this.store = store;
    this.compaction = compaction;
    mark = databases.resolve("service.compact");
  }

  @Override
  public String name() {
    return "conversations";
  }

  @Override
  public Kind kind() {
    return Kind.CLEARED;
  }

  @Override
  public Left left(SoughtDocument document) {
    return new Left(rewrite(document.id(), false), List.of());
  }

  private int rewrite(DocumentId document, boolean keep) {
    return store.rewrite(document.value(), new WithoutDocument(document.value()), keep);
  }

  @Override
  public void clear(Set<DocumentId> documents) throws IOException {
    for (DocumentId document : documents) {
      if (rewrite(document, false) > 0) {
        DurableFile.write(mark, "The file of the service database is to be written anew.\n");
        rewrite(document, true);
      }
    }
  }

  /** The file of the database; to be cleared after the conversations. */
  ErasurePlace database() {
    return new Database();
  }

  private final class Database implements ErasurePlace {
    @Override
    public String name() {
      return "database-file";
    }

    @Override
    public Kind kind() {
      return Kind.CLEARED;
    }

    @Override
    public Left left(SoughtDocument document) {
      return Files.exists(mark) ? new Left(1, List.of()) : Left.NOTHING;
    }

    @Override
    public void clear(Set<DocumentId> documents) throws IOException, InterruptedException {
      if (Files.exists(mark)) {
        if (!compaction.run()) {
          throw new IOException("the service database was in use all the time");
        }
        Files.delete(mark);
      }
    }
  }
}
