package dev.zhiku.ingest.extract.tika;

import dev.zhiku.ingest.extract.TypeDetector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.tika.detect.DefaultDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypes;

/**
 * Tells a file's type from its bytes and, where these leave it open, from its name. Thread-safe.
 */
public final class TikaTypeDetector implements TypeDetector {
  private static final Pattern PART_OF_ADDRESS = Pattern.compile("[#?:%]");

  private final Detector detector = new DefaultDetector();
  private final MimeTypes types = MimeTypes.getDefaultMimeTypes();

  @Override
  public String detect(Path file, String name) throws IOException {
    try (TikaInputStream content = TikaInputStream.get(file)) {
      return detector.detect(content, named(name)).getBaseType().toString();
    }
  }

  /**
   * The type that a name alone speaks for.
   *
   * @return {@code application/octet-stream} where it speaks for none
   */
  public String byName(String name) throws IOException {
    return types.detect(null, named(name)).getBaseType().toString();
  }

  /** Tika takes a name for an address and drops what follows a number or question mark. */
  private static Metadata named(String name) {
    Metadata metadata = new Metadata();
    metadata.set(
        TikaCoreProperties.RESOURCE_NAME_KEY, PART_OF_ADDRESS.matcher(name).replaceAll("_"));
    return metadata;
  }
}
