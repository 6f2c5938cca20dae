package dev.zhiku.ingest.pipeline;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.outcome.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The outcome for one file. */
public sealed interface IngestOutcome {
  DocumentId id();

  /**
   * Its passages are in the index, durable with the next commit.
   *
   * @param stamp of the version that was read
   * @param passages how many
   * @param pages pages or slides; 0 where the format has none
   * @param language {@code zh} or {@code en}, of most passages
   */
  record Indexed(
      DocumentMeta document,
      FileStamp stamp,
      int passages,
      int pages,
      String language,
      List<Phrase> notes,
      Duration took)
      implements IngestOutcome {
    public Indexed {
      notes = List.copyOf(notes);
    }

    @Override
    public DocumentId id() {
      return document.id();
    }
  }

  /**
   * The index has this very version already; nothing was parsed or embedded.
   *
   * @param passages how many it has
   */
  record Unchanged(DocumentMeta document, FileStamp stamp, int passages) implements IngestOutcome {
    @Override
    public DocumentId id() {
      return document.id();
    }
  }

  /** Its words are in pictures: it waits for text recognition, which has a lane of its own. */
  record NeedsRecognition(DocumentId id) implements IngestOutcome {}

  /** Nothing in it could be answered from. */
  record Skipped(DocumentId id, Reading reading, Reason reason) implements IngestOutcome {}

  /** It could not be read or stored. */
  record Failed(DocumentId id, Reading reading, Stage stage, Reason reason)
      implements IngestOutcome {
    /** Whether another try can help although the file is the same. */
    public boolean retryable() {
      return reason.code().retryable();
    }
  }

  /**
   * The facts learnt about a file before its way ended.
   *
   * @param mediaType {@code application/octet-stream} where unknown
   * @param sha256 empty if it was not read to its end
   */
  record Reading(String mediaType, Optional<String> sha256) {
    static final Reading NONE = new Reading("application/octet-stream", Optional.empty());
  }
}
