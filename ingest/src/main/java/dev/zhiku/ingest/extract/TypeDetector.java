package dev.zhiku.ingest.extract;

import java.io.IOException;
import java.nio.file.Path;

/** Says what a file is. */
@FunctionalInterface
public interface TypeDetector {
  /**
   * @param name a hint where the bytes leave it open
   * @return media type without parameters; {@code application/octet-stream} where unknown
   */
  String detect(Path file, String name) throws IOException;
}
