package dev.zhiku.dist;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;

/** The package for Debian and its relatives: the program, a unit of systemd, an account. */
record DebianPackage(Path sources, String version, String architecture) {
  private static final String HOME = "usr/lib/zhiku";
  private static final String SETTINGS = "etc/zhiku/zhiku.yml";
  private static final List<String> SCRIPTS = List.of("postinst", "prerm", "postrm");

  void write(Path target, Layout program, Instant time) throws IOException {
    Layout data = data(program);
    Path dataFile = Files.createTempFile(target.toAbsolutePath().getParent(), "data", ".tar.gz");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(dataFile))) {
        Archives.tarGz(out, "./", data, Map.of("usr/bin/zhiku", "../lib/zhiku/zhiku"), time);
      }
      ByteArrayOutputStream control = new ByteArrayOutputStream();
      Archives.tarGz(control, "./", control(data), Map.of(), time);
      try (ArArchiveOutputStream ar =
          new ArArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(target)))) {
        member(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII), time);
        member(ar, "control.tar.gz", control.toByteArray(), time);
        ar.putArchiveEntry(entry("data.tar.gz", Files.size(dataFile), time));
        Files.copy(dataFile, ar);
        ar.closeArchiveEntry();
      }
    } finally {
      Files.delete(dataFile);
    }
  }

  private Layout data(Layout program) {
    Layout data = new Layout();
    data.below(HOME, program);
    data.file(
        "usr/lib/systemd/system/zhiku.service", Layout.FILE, sources.resolve("zhiku.service"));
    data.file(SETTINGS, Layout.FILE, sources.resolve("zhiku.yml"));
    data.file("usr/share/doc/zhiku/copyright", Layout.FILE, sources.resolve("copyright"));
    return data;
  }

  private Layout control(Layout data) throws IOException {
    long bytes = 0;
    StringBuilder sums = new StringBuilder();
    for (Map.Entry<String, Layout.Content> file : data.files().entrySet()) {
      byte[] content = file.getValue().bytes().read();
      bytes += content.length;
      sums.append(md5(content)).append("  ").append(file.getKey()).append('\n');
    }
    Layout control = new Layout();
    control.text("control", Layout.FILE, description(bytes / 1024));
    control.text("conffiles", Layout.FILE, "/" + SETTINGS + "\n");
    control.text("md5sums", Layout.FILE, sums.toString());
    for (String script : SCRIPTS) {
      control.file(script, Layout.PROGRAM, sources.resolve(script));
    }
    return control;
  }

  private String description(long kilobytes) {
    return """
    Package: zhiku
    Version: %s
    Architecture: %s
    Maintainer: Zhiku contributors <zhiku@localhost>
    Installed-Size: %d
    Depends: libc6 (>= 2.34), libstdc++6, libgcc-s1, libgomp1, passwd
    Recommends: bubblewrap, tesseract-ocr, tesseract-ocr-chi-sim, tesseract-ocr-chi-tra
    Section: text
    Priority: optional
    Description: knowledge base that answers from your own files
     Reads the files of a folder and answers questions about them, in Chinese and
     English, with citations that lead to the place in the original. Nothing
     leaves the machine.
    """
        .formatted(version, architecture, kilobytes);
  }

  private static void member(ArArchiveOutputStream ar, String name, byte[] bytes, Instant time)
      throws IOException {
    ar.putArchiveEntry(entry(name, bytes.length, time));
    ar.write(bytes);
    ar.closeArchiveEntry();
  }

  private static ArArchiveEntry entry(String name, long size, Instant time) {
    return new ArArchiveEntry(name, size, 0, 0, 0100644, time.getEpochSecond());
  }

  /** The sum that dpkg --verify compares. */
  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
