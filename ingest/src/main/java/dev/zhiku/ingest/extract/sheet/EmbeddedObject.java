package dev.zhiku.ingest.extract.sheet;

import dev.zhiku.ingest.extract.OleStorage;
import java.io.IOException;
import java.io.InputStream;
import org.apache.poi.hssf.usermodel.HSSFObjectData;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.Ole10Native;
import org.apache.poi.poifs.filesystem.Ole10NativeException;

/** A file set into a workbook. */
final class EmbeddedObject {
  private static final String WHOLE_FILE = "CONTENTS";

  private final String name;
  private final byte[] content;

  private EmbeddedObject(String name, byte[] content) {
    this.name = name;
    this.content = content;
  }

  static EmbeddedObject of(HSSFObjectData object) throws IOException {
    if (!object.hasDirectoryEntry()) {
      return new EmbeddedObject(object.getOLE2ClassName(), object.getObjectData());
    }
    DirectoryEntry directory = object.getDirectory();
    if (directory.hasEntryCaseInsensitive(Ole10Native.OLE10_NATIVE)
        && directory instanceof DirectoryNode node) {
      try {
        Ole10Native packed = Ole10Native.createFromEmbeddedOleObject(node);
        return new EmbeddedObject(packed.getLabel(), packed.getDataBuffer());
      } catch (Ole10NativeException e) {
        throw new IOException(e);
      }
    }
    if (directory.hasEntryCaseInsensitive(WHOLE_FILE) && directory instanceof DirectoryNode node) {
      try (InputStream content = node.createDocumentInputStream(WHOLE_FILE)) {
        return new EmbeddedObject(directory.getName(), content.readAllBytes());
      }
    }
    return new EmbeddedObject(directory.getName(), OleStorage.asFile(directory));
  }

  String name() {
    return name;
  }

  byte[] content() {
    return content;
  }
}
