package dev.zhiku.ingest.extract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.EntryUtils;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** A document of an older office program that lies as a folder inside another one. */
public final class OleStorage {
  private OleStorage() {}

  /** The folder as a file of its own. */
  public static byte[] asFile(DirectoryEntry directory) throws IOException {
    try (POIFSFileSystem file = new POIFSFileSystem()) {
      for (var entry : directory) {
        EntryUtils.copyNodeRecursively(entry, file.getRoot());
      }
      file.getRoot().setStorageClsid(directory.getStorageClsid());
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      file.writeFilesystem(bytes);
      return bytes.toByteArray();
    }
  }
}
