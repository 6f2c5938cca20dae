package dev.zhiku.ingest.extract.tika;

import dev.zhiku.ingest.extract.TypeDetector;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.tika.detect.DefaultDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;

/**
 * Tells a file's type from its bytes and, where these leave it open, from its name. Thread-safe.
 */
public final class TikaTypeDetector implements TypeDetector {
  private final Detector detector = new DefaultDetector();

  @Override
  public String detect(Path file, String name) throws IOException {
    Metadata metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    try (TikaInputStream content = TikaInputStream.get(file)) {
      return detector.detect(content, metadata).getBaseType().toString();
    }
  }
}
