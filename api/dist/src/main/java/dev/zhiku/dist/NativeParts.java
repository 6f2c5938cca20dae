package dev.zhiku.dist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A library without the native parts of other platforms than one. */
final class NativeParts {
  private NativeParts() {}

  /** The bytes of the JAR; the file as it is where it has nothing for other platforms. */
  static byte[] of(Path jar, Platform platform) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> all = zip.stream().toList();
      List<? extends ZipEntry> kept =
          all.stream().filter(entry -> platform.takes(entry.getName())).toList();
      return kept.size() == all.size() ? Files.readAllBytes(jar) : written(zip, kept);
    }
  }

  private static byte[] written(ZipFile zip, List<? extends ZipEntry> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry : entries) {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copy);
        try (var in = zip.getInputStream(entry)) {
          in.transferTo(out);
        }
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
