package dev.zhiku.ingest.extract.archive;

import dev.zhiku.ingest.extract.text.TextCharset;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry.NameSource;

/**
 * Names of a ZIP archive's entries. What the archive does not mark as UTF-8 is in the charset of
 * whoever made it, which all those names tell together better than each alone.
 */
final class EntryNames {
  private final Charset unmarked;

  private EntryNames(Charset unmarked) {
    this.unmarked = unmarked;
  }

  static EntryNames of(List<ZipArchiveEntry> entries) {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    for (ZipArchiveEntry entry : entries) {
      if (!isMarked(entry)) {
        names.writeBytes(entry.getRawName());
        names.write('\n');
      }
    }
    return new EntryNames(TextCharset.ofNames(names.toByteArray()));
  }

  String of(ZipArchiveEntry entry) {
    return isMarked(entry) ? entry.getName() : new String(entry.getRawName(), unmarked);
  }

  private static boolean isMarked(ZipArchiveEntry entry) {
    return entry.getNameSource() != NameSource.NAME || entry.getRawName() == null;
  }
}
