package dev.zhiku.ingest.pipeline;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.IndexException;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.pipeline.IngestOutcome.Reading;
import dev.zhiku.ingest.split.Splitter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file becomes passages in the index. Thread-safe: several files may be on their way at once.
 * Owns nothing of what it is given.
 */
public final class DocumentPipeline {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentPipeline.class);

  private final FileExtraction extraction;
  private final KnowledgeIndex index;
  private final PassageEmbedding embedding;
  private final Fingerprint fingerprint;
  private final DocumentRun.Parts parts;
  private volatile TextWatch watch = TextWatch.NONE;

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
    this.extraction = new FileExtraction(extractor, recognizer);
    this.index = index;
    this.embedding = new PassageEmbedding(embedders, index, meter);
    this.fingerprint = Fingerprint.of(extractor, splitter, embedders);
    PrivateCopy.clear(temporary);
    this.parts =
        new DocumentRun.Parts(
            extraction,
            splitter,
            embedding,
            index,
            temporary,
            limits,
            new ReadAheadLimit(limits.charactersAhead(), IngestLimits.LONGEST_TEXT),
            new KeyedLock(),
            () -> watch,
            meter,
            fingerprint);
  }

  /** Versions of everything that decides what passages and vectors a file gets. */
  public static String fingerprint(Extractor extractor, Splitter splitter, Embedders embedders) {
    return Fingerprint.of(extractor, splitter, embedders).text();
  }

  /** Of what documents are made with now. */
  public String fingerprint() {
    return fingerprint.text();
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
    extraction.recognizeWith(found);
  }

  /** Shows the text of documents to somebody else too from now on. */
  public void watchedBy(TextWatch watching) {
    watch = watching;
  }

  /** Whether there is anybody to recognise text in pictures. */
  public boolean recognizes() {
    return extraction.recognizes();
  }

  /** Of a document that shall be made anew of the same bytes; it answers until then. */
  public static String markedToReadAgain(String fingerprint) {
    return Fingerprint.markedToReadAgain(fingerprint);
  }

  /**
   * Whether a document with this fingerprint may stand in the index beside those that are made now;
   * one that was only marked to be read again may.
   */
  public boolean isOfThisGeneration(String fingerprint) {
    return this.fingerprint.isOfThisGeneration(fingerprint);
  }

  /** Whether a document with this fingerprint is what would be made of its file now. */
  public boolean isCurrent(String fingerprint) {
    return this.fingerprint.isCurrent(fingerprint);
  }

  /** Whether text recognition is there and would find more in the document. */
  public boolean wantsRecognition(DocumentMeta document) {
    return recognizes() && document.fingerprint().equals(unreadFingerprint());
  }

  /** Fingerprint of documents in which text recognition would find more. */
  public String unreadFingerprint() {
    return fingerprint.unread();
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
    DocumentRun run =
        new DocumentRun(parts, source, progress, recognizing && recognizes(), System.nanoTime());
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
    DocumentRun run = new DocumentRun(parts, source, progress, recognizing, System.nanoTime());
    return documents.hold(source.id().value(), () -> outcome(run, source));
  }

  private static IngestOutcome outcome(DocumentRun run, SourceDocument source)
      throws InterruptedException {
    try {
      return run.go();
    } catch (PrivateCopy.NotCopied e) {
      return run.ended(Reading.NONE, e.reason());
    } catch (IndexException e) {
      return run.ended(run.reading(), new Reason(ReasonCode.STORAGE_FAILED, message(e)));
    } catch (EmbedderAwayException e) {
      throw e;
    } catch (EmbeddingException e) {
      return run.ended(run.reading(), new Reason(ReasonCode.INTERNAL_ERROR, message(e)));
    } catch (RuntimeException e) {
      LOG.error("A fault while reading {} of source {}", source.path(), source.source(), e);
      return run.ended(run.reading(), new Reason(ReasonCode.INTERNAL_ERROR, message(e)));
    }
  }

  private static String message(RuntimeException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
