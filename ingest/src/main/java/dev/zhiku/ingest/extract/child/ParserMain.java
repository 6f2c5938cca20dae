package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.child.ChildLoop;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.extract.ocr.OcrLimits;
import dev.zhiku.ingest.extract.ocr.Tesseract;
import dev.zhiku.ingest.extract.ocr.TextRecognition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Main class of the parser child. Its arguments, if any, are the path of Tesseract, the languages
 * to recognise, and how many pages and how long for one file; without them it starts no program.
 */
public final class ParserMain {
  private ParserMain() {}

  public static void main(String[] arguments) {
    ChildLoop.serve(() -> prepare(recognition(arguments)));
  }

  private static Optional<TextRecognition> recognition(String[] arguments) {
    if (arguments.length == 0) {
      return Optional.empty();
    }
    OcrLimits limits =
        new OcrLimits(
            OcrLimits.DEFAULT.pixels(),
            OcrLimits.DEFAULT.pageTime(),
            Integer.parseInt(arguments[2]),
            Duration.parse(arguments[3]));
    Tesseract tesseract =
        new Tesseract(Path.of(arguments[0]), arguments[1], Boolean.parseBoolean(arguments[4]));
    return Optional.of(new TextRecognition(tesseract, limits));
  }

  private static ChildLoop.Handler prepare(Optional<TextRecognition> recognition) {
    Path temporaryDirectory = Path.of(System.getProperty("java.io.tmpdir"));
    Readers readers = new Readers(recognition);
    return bytes -> {
      ExtractRequest request = ExtractRequest.decode(bytes);
      try (Extractor extractor = readers.extractor(request.limits(), temporaryDirectory)) {
        return ExtractedCodec.encode(extractor.extract(request.file(), request.name()));
      }
    };
  }
}
