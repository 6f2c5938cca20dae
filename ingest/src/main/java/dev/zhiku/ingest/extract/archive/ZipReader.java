package dev.zhiku.ingest.extract.archive;

import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.UnreadableFileException;
import dev.zhiku.ingest.outcome.IngestText;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * ZIP archives by their directory, which also knows the entries whose length the stream does not
 * tell. Entries are read as files of their own; nothing is written under their names.
 */
public final class ZipReader implements FormatReader {
  /** A page format that comes as a ZIP archive; its parts are no documents by themselves. */
  private static final String OFD_ROOT = "OFD.xml";

  private final FormatReader withoutDirectory;

  /**
   * @param withoutDirectory reads archives that lost their directory, entry after entry
   */
  public ZipReader(FormatReader withoutDirectory) {
    this.withoutDirectory = withoutDirectory;
  }

  @Override
  public boolean reads(String mediaType) {
    return mediaType.equals("application/zip");
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    try (ZipFile zip = open(file)) {
      read(zip, sink);
    } catch (NoDirectoryException e) {
      withoutDirectory.read(file, sink);
    }
  }

  private static ZipFile open(InputFile file) throws NoDirectoryException {
    try {
      return ZipFile.builder().setPath(file.path()).setCharset(StandardCharsets.UTF_8).get();
    } catch (IOException | RuntimeException e) {
      throw new NoDirectoryException(e);
    }
  }

  private static final class NoDirectoryException extends IOException {
    private static final long serialVersionUID = 1L;

    NoDirectoryException(Exception cause) {
      super(cause);
    }
  }

  private static void read(ZipFile zip, BlockSink sink)
      throws IOException, UnreadableFileException {
    if (zip.getEntry(OFD_ROOT) != null) {
      throw new UnreadableFileException(new Reason(ReasonCode.UNSUPPORTED_TYPE, "OFD"));
    }
    List<ZipArchiveEntry> entries = Collections.list(zip.getEntriesInPhysicalOrder());
    EntryNames names = EntryNames.of(entries);
    int locked = 0;
    for (ZipArchiveEntry entry : entries) {
      if (entry.isDirectory()) {
        continue;
      }
      String name = names.of(entry);
      if (entry.getGeneralPurposeBit().usesEncryption()) {
        locked++;
        sink.note(IngestText.of("inner.password", name));
      } else {
        read(zip, entry, name, sink);
      }
    }
    if (locked > 0 && sink.isEmpty()) {
      throw new UnreadableFileException(ReasonCode.PASSWORD_PROTECTED);
    }
  }

  private static void read(ZipFile zip, ZipArchiveEntry entry, String name, BlockSink sink)
      throws IOException {
    if (!zip.canReadEntryData(entry)) {
      sink.note(IngestText.of("inner.packing", name));
      return;
    }
    try (InputStream content = zip.getInputStream(entry)) {
      sink.inner(name, content);
    }
  }
}
