package dev.zhiku.app.wiring;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.RemovedPassages;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.erasure.ErasurePlace;
import dev.zhiku.server.erasure.SoughtDocument;
import dev.zhiku.server.query.AnswerRuns;
import java.util.List;
import java.util.Set;

/** The places of documents themselves: what is known, found, kept in files and being answered. */
final class ErasedDocuments {
  private ErasedDocuments() {}

  /** The catalogue, out of which the deletion itself takes a document. */
  record Catalogue(DocumentCatalog catalog) implements ErasurePlace {
    @Override
    public String name() {
      return "catalogue";
    }

    @Override
    public Kind kind() {
      return Kind.CLEARED;
    }

    @Override
    public Left left(SoughtDocument document) {
      return Left.of(
          catalog.find(document.id()).stream()
              .map(entry -> entry.source() + "/" + entry.path())
              .toList());
    }

    @Override
    public void clear(Set<DocumentId> documents) {}
  }

  /** Passages that questions find, which the deletion itself takes out. */
  record Found(KnowledgeIndex index) implements ErasurePlace {
    @Override
    public String name() {
      return "index";
    }

    @Override
    public Kind kind() {
      return Kind.CLEARED;
    }

    @Override
    public Left left(SoughtDocument document) throws InterruptedException {
      try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
        return new Left(snapshot.passageCount(document.id()), List.of());
      }
    }

    @Override
    public void clear(Set<DocumentId> documents) {}
  }

  /** Files of the index, in which removed passages stand until they are merged. */
  record Files(RemovedPassages removed) implements ErasurePlace {
    @Override
    public String name() {
      return "index-files";
    }

    @Override
    public Kind kind() {
      return Kind.CLEARED;
    }

    @Override
    public Left left(SoughtDocument document) throws InterruptedException {
      return new Left(removed.left(document.id()), List.of());
    }

    @Override
    public void clear(Set<DocumentId> documents) throws InterruptedException {
      for (DocumentId document : documents) {
        if (removed.left(document) > 0) {
          removed.expunge();
          return;
        }
      }
    }
  }

  /** Answers in memory: those being written, and those kept for clients that come back. */
  record Answers(AnswerRuns runs) implements ErasurePlace {
    @Override
    public String name() {
      return "answers";
    }

    @Override
    public Kind kind() {
      return Kind.CLEARED;
    }

    @Override
    public Left left(SoughtDocument document) {
      return new Left(runs.countFrom(document.id()), List.of());
    }

    @Override
    public void clear(Set<DocumentId> documents) {
      documents.forEach(runs::forget);
    }
  }
}
