package dev.zhiku.ingest.extract.ocr;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.outcome.IngestText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the text of pictures and counts what that takes over one file. Used by one thread, for one
 * file at a time.
 */
public final class TextRecognition {
  private static final int TABLE_BYTES = 16 << 20;
  private static final String ADAPTIVE_THRESHOLD = "thresholding_method=2";

  private final Tesseract tesseract;
  private final OcrLimits limits;
  private long startedNanos = System.nanoTime();
  private int pages;

  public TextRecognition(Tesseract tesseract, OcrLimits limits) {
    this.tesseract = tesseract;
    this.limits = limits;
  }

  /** Forgets what the file before took. */
  public void startFile() {
    startedNanos = System.nanoTime();
    pages = 0;
  }

  /** Largest picture that is looked at, in pixels. */
  public long mostPixels() {
    return limits.pixels();
  }

  /** Notes that a picture is too large to be looked at. */
  public void tooLarge(String what, BlockSink sink) {
    long millions = limits.pixels() / 1_000_000;
    sink.note(IngestText.of("recognition.picture-too-large", what, millions));
  }

  /**
   * Hands over the paragraphs of one picture.
   *
   * @param page of the picture's file, from 1
   * @param what names it in notes, such as {@code p. 3}
   */
  public void read(Path picture, int page, String what, Place place, BlockSink sink)
      throws IOException {
    if (!mayGoOn(sink)) {
      return;
    }
    pages++;
    RunProgram.Result result = run(picture, page);
    switch (result.ended()) {
      case WELL -> {
        List<String> paragraphs =
            RecognizedText.paragraphs(new String(result.output(), StandardCharsets.UTF_8));
        if (!paragraphs.isEmpty()) {
          sink.note(IngestText.of("recognition.used"));
        }
        paragraphs.forEach(paragraph -> sink.paragraph(paragraph, place));
      }
      case BADLY -> sink.note(IngestText.of("recognition.picture-failed", what));
      case KILLED_AFTER_ITS_TIME -> {
        long seconds = limits.pageTime().toSeconds();
        sink.note(IngestText.of("recognition.picture-time", what, seconds));
      }
    }
  }

  private boolean mayGoOn(BlockSink sink) {
    if (pages >= limits.pages()) {
      sink.note(IngestText.of("recognition.first-only", limits.pages()));
      return false;
    }
    if (System.nanoTime() - startedNanos > limits.fileTime().toNanos()) {
      long minutes = limits.fileTime().toMinutes();
      sink.note(IngestText.of("recognition.time", minutes, pages));
      return false;
    }
    return true;
  }

  private RunProgram.Result run(Path picture, int page) throws IOException {
    List<String> command =
        List.of(
            tesseract.program().toString(),
            picture.toString(),
            "stdout",
            "-l",
            tesseract.languages(),
            "-c",
            ADAPTIVE_THRESHOLD,
            "-c",
            "tessedit_page_number=" + (page - 1),
            "tsv");
    try {
      return RunProgram.run(command, limits.pageTime(), TABLE_BYTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("text recognition was interrupted");
    }
  }
}
