package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.child.ChildLoop;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.extract.ocr.OcrLimits;
import dev.zhiku.ingest.extract.ocr.Tesseract;
import dev.zhiku.ingest.extract.ocr.TextRecognition;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Main class of the parser child. Its arguments, if any, are the path of Tesseract and the
 * languages to recognise; without them it starts no program.
 */
public final class ParserMain {
  private ParserMain() {}

  public static void main(String[] arguments) {
    ChildLoop.serve(() -> prepare(recognition(arguments)));
  }

  private static Optional<TextRecognition> recognition(String[] arguments) {
    return arguments.length == 2
        ? Optional.of(
            new TextRecognition(
                new Tesseract(Path.of(arguments[0]), arguments[1]), OcrLimits.DEFAULT))
        : Optional.empty();
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
