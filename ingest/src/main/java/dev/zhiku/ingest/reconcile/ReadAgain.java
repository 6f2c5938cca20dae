package dev.zhiku.ingest.reconcile;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.pipeline.DocumentPipeline;
import dev.zhiku.ingest.work.CommitGroup;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has files read, cut and stored anew though nothing about them has changed, and keeps answering
 * from what there is until then. The mark is in the index, so that a crash in between loses no
 * request: the comparison of the stores finds it.
 */
public final class ReadAgain {
  /** Reasons that were found by reading; the others are told by the name or the kind of a file. */
  private static final Set<ReasonCode> FOUND_BY_READING =
      Set.of(ReasonCode.EMPTY_FILE, ReasonCode.NO_TEXT, ReasonCode.UNSUPPORTED_TYPE);

  private final DocumentLedger ledger;
  private final KnowledgeIndex index;
  private final CommitGroup group;

  public ReadAgain(DocumentLedger ledger, KnowledgeIndex index, CommitGroup group) {
    this.ledger = ledger;
    this.index = index;
    this.group = group;
  }

  /**
   * Puts the files back into the queue.
   *
   * @param path a file or a folder; empty for the whole source
   * @return how many
   */
  public int below(String source, String path, Instant now) throws InterruptedException {
    List<KnownFile> files =
        ledger.under(source, path).stream().filter(ReadAgain::canBeRead).toList();
    mark(files.stream().map(KnownFile::id).collect(Collectors.toSet()));
    ledger.record(
        files.stream().map(file -> new FileChange.Requeued(file.id(), true)).toList(), now);
    return files.size();
  }

  private static boolean canBeRead(KnownFile file) {
    return switch (file.state()) {
      case INDEXED, FAILED -> true;
      case SKIPPED -> isRefusedByReader(file);
      case PENDING -> false;
    };
  }

  /** Whether it was skipped for what is in it, which another version of a reader may see. */
  static boolean isRefusedByReader(KnownFile file) {
    return file.reason().filter(reason -> FOUND_BY_READING.contains(reason.code())).isPresent();
  }

  private void mark(Set<DocumentId> ids) throws InterruptedException {
    Map<DocumentId, DocumentMeta> stored;
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      stored = snapshot.documents(ids);
    }
    for (DocumentMeta document : stored.values()) {
      index.describe(document.id(), ReadAgain::marked);
      group.touch();
    }
  }

  private static DocumentMeta marked(DocumentMeta document) {
    return new DocumentMeta(
        document.id(),
        document.source(),
        document.path(),
        document.mediaType(),
        document.size(),
        document.modifiedAt(),
        document.sha256(),
        DocumentPipeline.markedToReadAgain(document.fingerprint()),
        document.labels());
  }
}
