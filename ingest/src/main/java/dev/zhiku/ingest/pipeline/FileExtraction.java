package dev.zhiku.ingest.pipeline;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.outcome.IngestText;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Extraction of a file's text, with text recognition where there is one. Thread-safe. Owns nothing
 * of what it is given.
 */
final class FileExtraction {
  private final Extractor extractor;
  private volatile Optional<Extractor> recognizer;

  FileExtraction(Extractor extractor, Optional<Extractor> recognizer) {
    this.extractor = extractor;
    this.recognizer = recognizer;
  }

  /** Reads pictures of text too from now on. */
  void recognizeWith(Extractor found) {
    recognizer = Optional.of(found);
  }

  /** Whether there is anybody to recognise text in pictures. */
  boolean recognizes() {
    return recognizer.isPresent();
  }

  /** Whether a file that was rejected may be read with text recognition. */
  boolean wantsRecognition(Extracted.Rejected rejected) {
    return recognizes() && rejected.reason().code() == ReasonCode.OCR_NOT_INSTALLED;
  }

  /** Content of a file without text recognition. */
  Extracted extracted(Path file, String name) throws InterruptedException {
    return extractor.extract(file, name);
  }

  /** Where recognition itself fails, what can be read without it is better than nothing. */
  Extracted recognized(Path file, String name) throws InterruptedException {
    Extracted recognized = recognizer.orElse(extractor).extract(file, name);
    if (!(recognized instanceof Extracted.Rejected rejected)
        || !rejected.reason().code().retryable()) {
      return recognized;
    }
    return extracted(file, name) instanceof Extracted.Content plain
        ? withoutRecognition(plain, rejected.reason())
        : recognized;
  }

  private static Extracted withoutRecognition(Extracted.Content plain, Reason reason) {
    List<Phrase> notes = new ArrayList<>(plain.notes());
    notes.add(IngestText.of("recognition.failed", reason.phrase()));
    return new Extracted.Content(plain.mediaType(), plain.blocks(), plain.pages(), notes);
  }
}
