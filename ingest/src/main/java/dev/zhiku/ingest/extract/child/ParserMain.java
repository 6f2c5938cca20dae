package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.child.ChildLoop;
import dev.zhiku.ingest.extract.Extractor;
import java.nio.file.Path;

/** Main class of the parser child. */
public final class ParserMain {
  private ParserMain() {}

  public static void main(String[] arguments) {
    ChildLoop.serve(ParserMain::prepare);
  }

  private static ChildLoop.Handler prepare() {
    Path temporaryDirectory = Path.of(System.getProperty("java.io.tmpdir"));
    Readers readers = new Readers();
    return bytes -> {
      ExtractRequest request = ExtractRequest.decode(bytes);
      try (Extractor extractor = readers.extractor(request.limits(), temporaryDirectory)) {
        return ExtractedCodec.encode(extractor.extract(request.file(), request.name()));
      }
    };
  }
}
