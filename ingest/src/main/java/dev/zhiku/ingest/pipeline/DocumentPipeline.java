package dev.zhiku.ingest.pipeline;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.IndexException;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.index.words.Words;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.outcome.FaultPoint;
import dev.zhiku.ingest.outcome.IngestText;
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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file becomes passages in the index. Thread-safe: several files may be on their way at once.
 * Owns nothing of what it is given.
 */
public final class DocumentPipeline {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentPipeline.class);

  /** Marks documents in which text recognition would find more. */
  private static final String READ_AGAIN = "|read-again";

  private static final String UNREAD_PICTURES = "|unread-pictures";

  private final Extractor extractor;
  private volatile Optional<Extractor> recognizer;
  private volatile TextWatch watch = TextWatch.NONE;
  private final Splitter splitter;
  private final KnowledgeIndex index;
  private final PassageEmbedding embedding;
  private final Path temporary;
  private final IngestLimits limits;
  private final IngestMeter meter;
  private final String fingerprint;
  private final ReadAheadLimit ahead;
  private final KeyedLock contents = new KeyedLock();

  /**
   * A document that changes while it is read is claimed again: the slower, older reading must not
   * replace what the newer one stored. Files are copied inside, so that the last to store has read
   * last.
   */
  private final KeyedLock documents = new KeyedLock();

  /**
   * @param temporary a directory that only this service writes to; copies that an earlier process
   *     left there are deleted
   */
  public DocumentPipeline(
      Extractor extractor,
      Splitter splitter,
      Embedders embedders,
      KnowledgeIndex index,
      Path temporary,
      IngestLimits limits,
      IngestMeter meter) {
    this(extractor, Optional.empty(), splitter, embedders, index, temporary, limits, meter);
  }

  /**
   * @param recognizer reads pictures of text too; files that need it are handed over to {@link
   *     #recognize}
   */
  public DocumentPipeline(
      Extractor extractor,
      Optional<Extractor> recognizer,
      Splitter splitter,
      Embedders embedders,
      KnowledgeIndex index,
      Path temporary,
      IngestLimits limits,
      IngestMeter meter) {
    this.extractor = extractor;
    this.recognizer = recognizer;
    this.splitter = splitter;
    this.index = index;
    this.embedding = new PassageEmbedding(embedders, index, meter);
    this.temporary = temporary;
    PrivateCopy.clear(temporary);
    this.limits = limits;
    this.ahead = new ReadAheadLimit(limits.charactersAhead(), IngestLimits.LONGEST_TEXT);
    this.meter = meter;
    this.fingerprint = fingerprint(extractor, splitter, embedders);
  }

  /** Versions of everything that decides what passages and vectors a file gets. */
  public static String fingerprint(Extractor extractor, Splitter splitter, Embedders embedders) {
    String models =
        embedders.all().stream()
            .map(embedder -> embedder.id().toString())
            .sorted()
            .collect(Collectors.joining("+"));
    return String.join("|", extractor.version(), splitter.version(), Words.VERSION, models);
  }

  /** Of what documents are made with now. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Whether documents can be embedded now. */
  public boolean canEmbed() {
    return embedding.isPossible();
  }

  /**
   * Reads pictures of text too from now on.
   *
   * @param found closed by who opened it, after the pipeline's last use
   */
  public void recognizeWith(Extractor found) {
    recognizer = Optional.of(found);
  }

  /** Shows the text of documents to somebody else too from now on. */
  public void watchedBy(TextWatch watching) {
    watch = watching;
  }

  /** Whether there is anybody to recognise text in pictures. */
  public boolean recognizes() {
    return recognizer.isPresent();
  }

  /** Of a document that shall be made anew of the same bytes; it answers until then. */
  public static String markedToReadAgain(String fingerprint) {
    return fingerprint.endsWith(READ_AGAIN) ? fingerprint : fingerprint + READ_AGAIN;
  }

  /**
   * Whether a document with this fingerprint may stand in the index beside those that are made now;
   * one that was only marked to be read again may.
   */
  public boolean isOfThisGeneration(String fingerprint) {
    return isCurrent(
        fingerprint.endsWith(READ_AGAIN)
            ? fingerprint.substring(0, fingerprint.length() - READ_AGAIN.length())
            : fingerprint);
  }

  /** Whether a document with this fingerprint is what would be made of its file now. */
  public boolean isCurrent(String fingerprint) {
    return fingerprint.equals(this.fingerprint) || fingerprint.equals(unreadFingerprint());
  }

  /** Whether text recognition is there and would find more in the document. */
  public boolean wantsRecognition(DocumentMeta document) {
    return recognizes() && document.fingerprint().equals(unreadFingerprint());
  }

  /** Fingerprint of documents in which text recognition would find more. */
  public String unreadFingerprint() {
    return fingerprint + UNREAD_PICTURES;
  }

  /**
   * Extract, split, embed, replace. Idempotent. A bad document is an outcome, not an exception;
   * what the index held of a document that cannot be read any more is left to the caller.
   *
   * @throws EmbedderAwayException if that is why nothing came of it: the document is to be tried
   *     again
   */
  public IngestOutcome ingest(SourceDocument source) throws InterruptedException {
    return ingest(source, stage -> {});
  }

  /**
   * The same, telling of each stage as it begins.
   *
   * @param progress called on this thread
   */
  public IngestOutcome ingest(SourceDocument source, Consumer<? super Stage> progress)
      throws InterruptedException {
    return run(source, progress, false);
  }

  /** The same with text recognition, which may take many minutes. */
  public IngestOutcome recognize(SourceDocument source, Consumer<? super Stage> progress)
      throws InterruptedException {
    return run(source, progress, recognizes());
  }

  /**
   * The same for a file that was asked for some time ago: by now its path may belong to another
   * file, and a later reading of the document may have stored what is true.
   *
   * @param wanted asked when nobody else reads the document any more
   * @return empty if it is not wanted; nothing was read and nothing stored
   */
  public Optional<IngestOutcome> ingestIfWanted(
      SourceDocument source,
      Consumer<? super Stage> progress,
      boolean recognizing,
      BooleanSupplier wanted)
      throws InterruptedException {
    Run run = new Run(source, progress, recognizing && recognizes(), System.nanoTime());
    return documents.hold(
        source.id().value(),
        () -> wanted.getAsBoolean() ? Optional.of(outcome(run, source)) : Optional.empty());
  }

  /**
   * Takes a document out of the index that nothing was made of.
   *
   * @param wanted asked when nobody else reads the document any more
   * @return whether it was wanted
   */
  public boolean removeIfWanted(DocumentId document, BooleanSupplier wanted)
      throws InterruptedException {
    return documents.hold(
        document.value(),
        () -> {
          boolean removed = wanted.getAsBoolean();
          if (removed) {
            index.remove(document);
          }
          return removed;
        });
  }

  private IngestOutcome run(
      SourceDocument source, Consumer<? super Stage> progress, boolean recognizing)
      throws InterruptedException {
    Run run = new Run(source, progress, recognizing, System.nanoTime());
    return documents.hold(source.id().value(), () -> outcome(run, source));
  }

  private static IngestOutcome outcome(Run run, SourceDocument source) throws InterruptedException {
    try {
      return run.go();
    } catch (PrivateCopy.NotCopied e) {
      return run.ended(Reading.NONE, e.reason());
    } catch (IndexException e) {
      return run.ended(run.reading, new Reason(ReasonCode.STORAGE_FAILED, message(e)));
    } catch (EmbedderAwayException e) {
      throw e;
    } catch (EmbeddingException e) {
      return run.ended(run.reading, new Reason(ReasonCode.INTERNAL_ERROR, message(e)));
    } catch (RuntimeException e) {
      LOG.error("A fault while reading {} of source {}", source.path(), source.source(), e);
      return run.ended(run.reading, new Reason(ReasonCode.INTERNAL_ERROR, message(e)));
    }
  }

  private static String message(RuntimeException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /** A version that the index holds. */
  private record Stored(DocumentMeta document, int passages) {}

  /** One file on its way. */
  private final class Run {
    private final SourceDocument source;
    private final Consumer<? super Stage> progress;
    private final boolean recognizing;
    private final long startNanos;
    private Stage stage = Stage.WAITING;
    private Reading reading = Reading.NONE;

    Run(
        SourceDocument source,
        Consumer<? super Stage> progress,
        boolean recognizing,
        long startNanos) {
      this.source = source;
      this.progress = progress;
      this.recognizing = recognizing;
      this.startNanos = startNanos;
    }

    IngestOutcome go() throws PrivateCopy.NotCopied, InterruptedException {
      enter(Stage.READING);
      try (PrivateCopy copy = PrivateCopy.of(source, temporary, limits.maxFileBytes())) {
        FaultPoint.AFTER_READ.hit();
        reading = new Reading(reading.mediaType(), Optional.of(copy.sha256()));
        return contents.hold(copy.sha256(), () -> takeIn(copy));
      }
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
      try (KnowledgeIndex.Snapshot snapshot = index.snapshotOf(Set.of(id), Set.of())) {
        DocumentMeta stored = snapshot.documents(Set.of(id)).get(id);
        return stored != null && sameVersion(stored, copy)
            ? Optional.of(new Stored(stored, snapshot.passageCount(id)))
            : Optional.empty();
      }
    }

    private boolean sameVersion(DocumentMeta stored, PrivateCopy copy) {
      boolean current =
          recognizes() ? stored.fingerprint().equals(fingerprint) : isCurrent(stored.fingerprint());
      return stored.sha256().equals(copy.sha256()) && current;
    }

    private IngestOutcome unchanged(Stored stored, PrivateCopy copy) throws InterruptedException {
      DocumentMeta now = described(stored.document(), copy);
      if (!now.equals(stored.document())) {
        index.describe(source.id(), last -> described(last, copy));
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
        return stored(copy, recognized(copy), characters -> {});
      }
      try (ReadAheadLimit.Share share = ahead.enter()) {
        enter(Stage.EXTRACTING);
        return stored(copy, extracted(copy), share::shrinkTo);
      }
    }

    /**
     * @param known told how long the text is
     */
    private IngestOutcome stored(PrivateCopy copy, Extracted extracted, LongConsumer known)
        throws InterruptedException {
      FaultPoint.AFTER_EXTRACT.hit();
      return switch (extracted) {
        case Extracted.Rejected rejected when needsRecognition(rejected) ->
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

    private Extracted extracted(PrivateCopy copy) throws InterruptedException {
      return extractor.extract(copy.file(), source.name());
    }

    private boolean needsRecognition(Extracted.Rejected rejected) {
      return recognizes()
          && !recognizing
          && rejected.reason().code() == ReasonCode.OCR_NOT_INSTALLED;
    }

    /** Where recognition itself fails, what can be read without it is better than nothing. */
    private Extracted recognized(PrivateCopy copy) throws InterruptedException {
      Extracted recognized = recognizer.orElse(extractor).extract(copy.file(), source.name());
      if (!(recognized instanceof Extracted.Rejected rejected)
          || !rejected.reason().code().retryable()) {
        return recognized;
      }
      return extracted(copy) instanceof Extracted.Content plain
          ? withoutRecognition(plain, rejected.reason())
          : recognized;
    }

    private static Extracted withoutRecognition(Extracted.Content plain, Reason reason) {
      List<Phrase> notes = new ArrayList<>(plain.notes());
      notes.add(IngestText.of("recognition.failed", reason.phrase()));
      return new Extracted.Content(plain.mediaType(), plain.blocks(), plain.pages(), notes);
    }

    private IngestOutcome counted(IngestOutcome outcome) {
      meter.parsed(
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
      List<Chunk> chunks = splitter.split(source.id(), content);
      splitter.gap(content, chunks).ifPresent(notes::add);
      if (chunks.isEmpty()) {
        return ended(reading, Reason.of(ReasonCode.NO_TEXT));
      }
      known.accept(characters(chunks));
      show(content);
      enter(Stage.EMBEDDING);
      List<EmbeddedPassage> passages = embedding.embed(chunks);
      FaultPoint.AFTER_EMBED.hit();
      enter(Stage.STORING);
      DocumentMeta document =
          describe(
              copy,
              content.mediaType(),
              content.unreadPictures() ? unreadFingerprint() : fingerprint);
      index.replace(document, passages);
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
        watch.read(source, content.blocks().stream().flatMap(Block::texts).toList());
      } catch (RuntimeException e) {
        LOG.error(
            "The text of {} of source {} was not looked at", source.path(), source.source(), e);
      }
    }

    IngestOutcome ended(Reading known, Reason reason) {
      DocumentId id = source.id();
      return reason.code().skips()
          ? new IngestOutcome.Skipped(id, known, reason)
          : new IngestOutcome.Failed(id, known, stage, reason);
    }
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
