package dev.zhiku.dist;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Writers of archives whose bytes depend on their files and one time alone. */
final class Archives {
  private static final int FOLDER = 0755;

  private Archives() {}

  static void tarGz(Path target, Layout layout, Instant time) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
      tarGz(out, "", layout, Map.of(), time);
    }
  }

  /**
   * A tar in which each name begins with the prefix; links lead from their name to their target.
   */
  static void tarGz(
      OutputStream out, String prefix, Layout layout, Map<String, String> links, Instant time)
      throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setModificationInstant(Instant.EPOCH);
    TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            new GzipCompressorOutputStream(out, parameters), StandardCharsets.UTF_8.name());
    // GNU's way and not POSIX's, whose headers dpkg refuses; names are UTF-8 as they are.
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    SortedSet<String> names = new TreeSet<>(links.keySet());
    layout.files().keySet().forEach(name -> addFolders(names, name));
    links.keySet().forEach(name -> addFolders(names, name));
    for (String name : names) {
      if (name.endsWith("/")) {
        TarArchiveEntry folder = entry(prefix + name, FOLDER, time);
        tar.putArchiveEntry(folder);
      } else if (links.containsKey(name)) {
        TarArchiveEntry link = new TarArchiveEntry(prefix + name, TarConstants.LF_SYMLINK);
        link.setLinkName(links.get(name));
        tar.putArchiveEntry(owned(link, time));
      } else {
        Layout.Content content = Objects.requireNonNull(layout.files().get(name));
        byte[] bytes = content.bytes().read();
        TarArchiveEntry file = entry(prefix + name, content.mode(), time);
        file.setSize(bytes.length);
        tar.putArchiveEntry(file);
        tar.write(bytes);
      }
      tar.closeArchiveEntry();
    }
    tar.close();
  }

  private static void addFolders(SortedSet<String> names, String name) {
    names.add(name);
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      names.add(name.substring(0, slash + 1));
    }
  }

  private static TarArchiveEntry entry(String name, int mode, Instant time) {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    return owned(entry, time);
  }

  private static TarArchiveEntry owned(TarArchiveEntry entry, Instant time) {
    entry.setModTime(time.toEpochMilli());
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    return entry;
  }

  static void zip(Path target, Layout layout, Instant time) throws IOException {
    LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    try (ZipOutputStream zip =
        new ZipOutputStream(
            new BufferedOutputStream(Files.newOutputStream(target)), StandardCharsets.UTF_8)) {
      for (Map.Entry<String, Layout.Content> file : layout.files().entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(local);
        zip.putNextEntry(entry);
        zip.write(file.getValue().bytes().read());
        zip.closeEntry();
      }
    }
  }
}
