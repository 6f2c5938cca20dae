package dev.zhiku.ingest.extract.ocr;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.outcome.IngestText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the text of pictures and counts what that takes over one file, whose first picture with
 * text decides between simplified and traditional Chinese. Used by one thread, for one file at a
 * time.
 */
public final class TextRecognition {
  private static final int TABLE_BYTES = 16 << 20;

  /**
   * Factor by which the traditional reading must be surer: it also writes simplified text its own
   * way.
   */
  private static final double SURER = 1.5;

  /** Below that a picture may lie on its side or upside down. */
  private static final double UNSURE = 75;

  /** Layouts of Tesseract: lines found by itself, without and with the way the page lies. */
  private static final String AS_IT_LIES = "3";

  private static final String TURNED_UPRIGHT = "1";
  private static final int LISTED_PAGES = 30;
  private static final String ADAPTIVE_THRESHOLD = "thresholding_method=2";

  private final Tesseract tesseract;
  private final OcrLimits limits;
  private long startedNanos = System.nanoTime();
  private final Map<String, Long> confidences = new LinkedHashMap<>();
  private int pages;
  private String language = "";

  public TextRecognition(Tesseract tesseract, OcrLimits limits) {
    this.tesseract = tesseract;
    this.limits = limits;
  }

  /** Forgets what the file before took. */
  public void startFile() {
    startedNanos = System.nanoTime();
    pages = 0;
    language = "";
    confidences.clear();
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
    List<String> choices = language.isEmpty() ? tesseract.choices() : List.of(language);
    Optional<Reading> lying = read(picture, page, AS_IT_LIES, choices, what, sink);
    if (lying.isEmpty()) {
      return;
    }
    Reading best = lying.get();
    if (best.text().confidence() < UNSURE && tesseract.tellsOrientation()) {
      Optional<Reading> turned = read(picture, page, TURNED_UPRIGHT, choices, what, sink);
      double least = best.least();
      best = turned.filter(other -> other.text().confidence() > least).orElse(best);
    }
    language = best.language();
    handOver(best.text(), what, place, sink);
  }

  /** Empty where recognition failed, which is noted. */
  private Optional<Reading> read(
      Path picture, int page, String layout, List<String> choices, String what, BlockSink sink)
      throws IOException {
    Reading best = new Reading(RecognizedText.of(""), language);
    for (String choice : choices) {
      RunProgram.Result result = run(picture, page, layout, choice);
      if (result.ended() != RunProgram.Ended.WELL) {
        noteFailure(result.ended(), what, sink);
        return Optional.empty();
      }
      RecognizedText text = RecognizedText.of(new String(result.output(), StandardCharsets.UTF_8));
      if (text.confidence() > best.least()) {
        best = new Reading(text, choice);
      }
    }
    return Optional.of(best);
  }

  private record Reading(RecognizedText text, String language) {
    /** How sure another reading must be to be preferred. */
    double least() {
      return text.confidence() == 0 ? 0 : text.confidence() + SURER;
    }
  }

  private void handOver(RecognizedText text, String what, Place place, BlockSink sink) {
    if (text.paragraphs().isEmpty()) {
      return;
    }
    confidences.put(what, Math.round(text.confidence()));
    sink.note(IngestText.of("recognition.used"));
    for (RecognizedText.Paragraph paragraph : text.paragraphs()) {
      sink.paragraph(paragraph.text(), place.recognised(paragraph.percent()));
    }
  }

  private void noteFailure(RunProgram.Ended ended, String what, BlockSink sink) {
    if (ended == RunProgram.Ended.BADLY) {
      sink.note(IngestText.of("recognition.picture-failed", what));
    } else {
      long seconds = limits.pageTime().toSeconds();
      sink.note(IngestText.of("recognition.picture-time", what, seconds));
    }
  }

  /** Notes how sure it is of each picture read since the last such note. */
  public void noteConfidence(BlockSink sink) {
    if (confidences.isEmpty()) {
      return;
    }
    String list =
        confidences.entrySet().stream()
            .limit(LISTED_PAGES)
            .map(page -> page.getKey() + " " + page.getValue() + " %")
            .collect(Collectors.joining(", "));
    String all = confidences.size() > LISTED_PAGES ? list + ", …" : list;
    confidences.clear();
    sink.note(IngestText.of("recognition.confidence", all));
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

  private RunProgram.Result run(Path picture, int page, String layout, String languages)
      throws IOException {
    List<String> command =
        List.of(
            tesseract.program().toString(),
            picture.toString(),
            "stdout",
            "-l",
            languages,
            "--psm",
            layout,
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
