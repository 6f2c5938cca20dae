package dev.zhiku.ingest.pipeline;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.outcome.FaultPoint;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.pipeline.IngestOutcome.Reading;
import dev.zhiku.ingest.split.Chunk;
import dev.zhiku.ingest.split.Splitter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file on its way into the index: copied, extracted, split, embedded, stored, in this order.
 * Used once, by one thread.
 */
final class DocumentRun {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentRun.class);

  /**
   * Everything that takes part in reading and storing a document, shared by all runs.
   *
   * @param contents one run at a time for the same content
   * @param watch asked for at each document
   */
  record Parts(
      FileExtraction extraction,
      Splitter splitter,
      PassageEmbedding embedding,
      KnowledgeIndex index,
      Path temporary,
      IngestLimits limits,
      ReadAheadLimit ahead,
      KeyedLock contents,
      Supplier<TextWatch> watch,
      IngestMeter meter,
      Fingerprint fingerprint) {}

  /** A version that the index holds. */
  private record Stored(DocumentMeta document, int passages) {}

  private final Parts parts;
  private final SourceDocument source;
  private final Consumer<? super Stage> progress;
  private final boolean recognizing;
  private final long startNanos;
  private Stage stage = Stage.WAITING;
  private Reading reading = Reading.NONE;

  DocumentRun(
      Parts parts,
      SourceDocument source,
      Consumer<? super Stage> progress,
      boolean recognizing,
      long startNanos) {
    this.parts = parts;
    this.source = source;
    this.progress = progress;
    this.recognizing = recognizing;
    this.startNanos = startNanos;
  }

  /** Extract, split, embed, replace. */
  IngestOutcome go() throws PrivateCopy.NotCopied, InterruptedException {
    enter(Stage.READING);
    try (PrivateCopy copy =
        PrivateCopy.of(source, parts.temporary(), parts.limits().maxFileBytes())) {
      FaultPoint.AFTER_READ.hit();
      reading = new Reading(reading.mediaType(), Optional.of(copy.sha256()));
      return parts.contents().hold(copy.sha256(), () -> takeIn(copy));
    }
  }

  /** What is known of the file so far. */
  Reading reading() {
    return reading;
  }

  private IngestOutcome takeIn(PrivateCopy copy) throws InterruptedException {
    Optional<Stored> stored = stored(copy);
    if (stored.isPresent()) {
      return unchanged(stored.get(), copy);
    }
    return copy.stamp().size() == 0
        ? ended(reading, Reason.of(ReasonCode.EMPTY_FILE))
        : parse(copy);
  }

  private void enter(Stage next) {
    stage = next;
    progress.accept(next);
  }

  /** The version in the index, if it is this very one. */
  private Optional<Stored> stored(PrivateCopy copy) throws InterruptedException {
    DocumentId id = source.id();
    try (KnowledgeIndex.Snapshot snapshot = parts.index().snapshotOf(Set.of(id), Set.of())) {
      DocumentMeta stored = snapshot.documents(Set.of(id)).get(id);
      return stored != null && sameVersion(stored, copy)
          ? Optional.of(new Stored(stored, snapshot.passageCount(id)))
          : Optional.empty();
    }
  }

  private boolean sameVersion(DocumentMeta stored, PrivateCopy copy) {
    boolean current =
        parts.extraction().recognizes()
            ? stored.fingerprint().equals(parts.fingerprint().text())
            : parts.fingerprint().isCurrent(stored.fingerprint());
    return stored.sha256().equals(copy.sha256()) && current;
  }

  private IngestOutcome unchanged(Stored stored, PrivateCopy copy) throws InterruptedException {
    DocumentMeta now = described(stored.document(), copy);
    if (!now.equals(stored.document())) {
      parts.index().describe(source.id(), last -> described(last, copy));
    }
    return new IngestOutcome.Unchanged(now, copy.stamp(), stored.passages());
  }

  private DocumentMeta described(DocumentMeta stored, PrivateCopy copy) {
    return describe(copy, stored.mediaType(), stored.fingerprint());
  }

  private DocumentMeta describe(PrivateCopy copy, String mediaType, String madeWith) {
    return new DocumentMeta(
        source.id(),
        source.source(),
        source.path(),
        mediaType,
        copy.stamp().size(),
        copy.stamp().modifiedAt(),
        copy.sha256(),
        madeWith,
        Set.of());
  }

  /** Recognition has one worker only, which may hold its text for minutes, and counts apart. */
  private IngestOutcome parse(PrivateCopy copy) throws InterruptedException {
    if (recognizing) {
      enter(Stage.EXTRACTING);
      return stored(
          copy, parts.extraction().recognized(copy.file(), source.name()), characters -> {});
    }
    try (ReadAheadLimit.Share share = parts.ahead().enter()) {
      enter(Stage.EXTRACTING);
      return stored(
          copy, parts.extraction().extracted(copy.file(), source.name()), share::shrinkTo);
    }
  }

  /**
   * @param known told how long the text is
   */
  private IngestOutcome stored(PrivateCopy copy, Extracted extracted, LongConsumer known)
      throws InterruptedException {
    FaultPoint.AFTER_EXTRACT.hit();
    return switch (extracted) {
      case Extracted.Rejected rejected
          when !recognizing && parts.extraction().wantsRecognition(rejected) ->
          new IngestOutcome.NeedsRecognition(source.id());
      case Extracted.Rejected rejected -> {
        reading = new Reading(rejected.mediaType(), reading.sha256());
        yield counted(ended(reading, rejected.reason()));
      }
      case Extracted.Content content -> {
        reading = new Reading(content.mediaType(), reading.sha256());
        yield counted(store(copy, content, known));
      }
    };
  }

  private IngestOutcome counted(IngestOutcome outcome) {
    parts
        .meter()
        .parsed(
            switch (outcome) {
              case IngestOutcome.Indexed indexed -> "indexed";
              case IngestOutcome.Unchanged unchanged -> "indexed";
              case IngestOutcome.NeedsRecognition needs -> "needs-recognition";
              case IngestOutcome.Skipped skipped -> "skipped";
              case IngestOutcome.Failed failed -> "failed";
            });
    return outcome;
  }

  private IngestOutcome store(PrivateCopy copy, Extracted.Content content, LongConsumer known)
      throws InterruptedException {
    List<Phrase> notes = new ArrayList<>(content.notes());
    List<Chunk> chunks = parts.splitter().split(source.id(), content);
    parts.splitter().gap(content, chunks).ifPresent(notes::add);
    if (chunks.isEmpty()) {
      return ended(reading, Reason.of(ReasonCode.NO_TEXT));
    }
    known.accept(characters(chunks));
    show(content);
    enter(Stage.EMBEDDING);
    List<EmbeddedPassage> passages = parts.embedding().embed(chunks);
    FaultPoint.AFTER_EMBED.hit();
    enter(Stage.STORING);
    DocumentMeta document =
        describe(
            copy,
            content.mediaType(),
            content.unreadPictures() ? parts.fingerprint().unread() : parts.fingerprint().text());
    parts.index().replace(document, passages);
    FaultPoint.AFTER_REPLACE.hit();
    return new IngestOutcome.Indexed(
        document,
        copy.stamp(),
        passages.size(),
        content.pages(),
        language(chunks),
        notes,
        Duration.ofNanos(System.nanoTime() - startNanos));
  }

  private void show(Extracted.Content content) {
    try {
      parts.watch().get().read(source, content.blocks().stream().flatMap(Block::texts).toList());
    } catch (RuntimeException e) {
      LOG.error("The text of {} of source {} was not looked at", source.path(), source.source(), e);
    }
  }

  /** The outcome of a file of which nothing came. */
  IngestOutcome ended(Reading known, Reason reason) {
    DocumentId id = source.id();
    return reason.code().skips()
        ? new IngestOutcome.Skipped(id, known, reason)
        : new IngestOutcome.Failed(id, known, stage, reason);
  }

  private static long characters(List<Chunk> chunks) {
    return chunks.stream().mapToLong(chunk -> chunk.embeddedText().length()).sum();
  }

  private static String language(List<Chunk> chunks) {
    long chinese =
        chunks.stream()
            .filter(chunk -> Language.of(chunk.passage().text()) == Language.CHINESE)
            .count();
    return 2 * chinese >= chunks.size() ? "zh" : "en";
  }
}
