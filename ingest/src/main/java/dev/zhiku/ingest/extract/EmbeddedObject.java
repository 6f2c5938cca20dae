package dev.zhiku.ingest.extract;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.Ole10Native;
import org.apache.poi.poifs.filesystem.Ole10NativeException;

/** A file set into a document of an older office program. */
public final class EmbeddedObject {
  /** Names of the parts that are the file as it is. */
  private static final List<String> WHOLE_FILES = List.of("CONTENTS", "Package", "package_stream");

  private final String name;
  private final byte[] content;

  public EmbeddedObject(String name, byte[] content) {
    this.name = name;
    this.content = content.clone();
  }

  /** The file in a folder of the document. */
  public static EmbeddedObject of(DirectoryNode directory) throws IOException {
    if (directory.hasEntryCaseInsensitive(Ole10Native.OLE10_NATIVE)) {
      try {
        Ole10Native packed = Ole10Native.createFromEmbeddedOleObject(directory);
        return new EmbeddedObject(packed.getLabel(), packed.getDataBuffer());
      } catch (Ole10NativeException e) {
        throw new IOException(e);
      }
    }
    for (String whole : WHOLE_FILES) {
      if (directory.hasEntryCaseInsensitive(whole)) {
        try (InputStream content =
            directory.createDocumentInputStream(directory.getEntryCaseInsensitive(whole))) {
          return new EmbeddedObject(directory.getName(), content.readAllBytes());
        }
      }
    }
    return new EmbeddedObject(directory.getName(), OleStorage.asFile(directory));
  }

  public String name() {
    return name;
  }

  public byte[] content() {
    return content.clone();
  }
}
