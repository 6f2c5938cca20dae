package dev.zhiku.app.wiring;

import dev.zhiku.app.config.ZhikuConfig.IngestSettings;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.extract.child.ChildExtractor;
import dev.zhiku.ingest.extract.ocr.OcrLimits;
import dev.zhiku.ingest.extract.ocr.Tesseract;
import dev.zhiku.server.pictures.PictureText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The text of pictures that come with questions, by Tesseract in a child of its own: the one that
 * reads the sources may be busy with a file for half an hour. The child is started with the first
 * picture. Thread-safe.
 */
final class RecognizedPictures implements PictureText, AutoCloseable {
  /** One page of one picture, for as long as somebody would wait. */
  private static final OcrLimits ONE_PICTURE =
      new OcrLimits(
          OcrLimits.DEFAULT.pixels(), OcrLimits.DEFAULT.pageTime(), 1, Duration.ofMinutes(1));

  private final boolean wanted;
  private final DataFolder data;
  private Optional<Extractor> reader = Optional.empty();

  RecognizedPictures(IngestSettings settings, DataFolder data) {
    this.wanted = settings.ocr() != IngestSettings.Ocr.OFF;
    this.data = data;
  }

  @Override
  public boolean isThere() throws InterruptedException {
    return reader().isPresent();
  }

  private synchronized Optional<Extractor> reader() throws InterruptedException {
    if (wanted && reader.isEmpty()) {
      reader = Tesseract.find().map(this::open);
    }
    return reader;
  }

  private Extractor open(Tesseract tesseract) {
    return ChildExtractor.openRecognizing(
        data.folder("tmp/picture-reader"),
        tesseract,
        ONE_PICTURE,
        List.of(data.folder("tmp/pictures")));
  }

  @Override
  public Optional<String> read(byte[] picture) throws InterruptedException {
    Optional<Extractor> recognizer = reader();
    if (recognizer.isEmpty()) {
      return Optional.empty();
    }
    Path file = kept(picture);
    try {
      return switch (recognizer.get().extract(file, "picture")) {
        case Extracted.Content content when content.mediaType().startsWith("image/") ->
            Optional.of(text(content)).filter(text -> !text.isBlank());
        case Extracted.Content other -> Optional.empty();
        case Extracted.Rejected rejected -> Optional.empty();
      };
    } finally {
      delete(file);
    }
  }

  private static String text(Extracted.Content content) {
    return content.blocks().stream().flatMap(Block::texts).collect(Collectors.joining("\n"));
  }

  private Path kept(byte[] picture) {
    try {
      return Files.write(
          Files.createTempFile(data.folder("tmp/pictures"), "question", ""), picture);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be written", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be deleted", e);
    }
  }

  @Override
  public synchronized void close() {
    reader.ifPresent(Extractor::close);
  }
}
