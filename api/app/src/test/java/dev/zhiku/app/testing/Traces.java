package dev.zhiku.app.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Places below a folder in which a word stands: bytes of files, in UTF-8 and UTF-16, and words and
 * compressed texts in indexes of Lucene, of removed passages too.
 */
public final class Traces {
  private Traces() {}

  /**
   * @param word of ASCII letters in lower case
   */
  public static List<String> of(String word, Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.filter(Files::isRegularFile).toList();
    }
    for (Path file : all) {
      String name = file.getFileName().toString();
      try {
        if (holds(Files.readAllBytes(file), word)) {
          found.add(file.toString());
        }
        if (name.startsWith("segments_")) {
          inIndex(word, file.resolveSibling(""), found);
        }
      } catch (NoSuchFileException gone) {
        found.remove(file.toString());
      }
    }
    return found;
  }

  /** The same in a backup that is not encrypted. */
  public static List<String> inBackup(String word, Path backup, Path scratch) throws IOException {
    try (InputStream in = Files.newInputStream(backup);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = scratch.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
          zip.transferTo(out);
        }
      }
    }
    return of(word, scratch);
  }

  private static boolean holds(byte[] bytes, String word) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    String wide = String.join("\0", word.split(""));
    return text.contains(word) || text.contains(wide);
  }

  private static void inIndex(String word, Path folder, List<String> found) throws IOException {
    try (FSDirectory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        inLeaf(word, leaf.reader(), folder, found);
      }
    }
  }

  private static void inLeaf(String word, LeafReader leaf, Path folder, List<String> found)
      throws IOException {
    for (FieldInfo field : leaf.getFieldInfos()) {
      Terms terms = leaf.terms(field.name);
      TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
      for (BytesRef term = each.next(); term != null; term = each.next()) {
        byte[] bytes = Arrays.copyOfRange(term.bytes, term.offset, term.offset + term.length);
        if (holds(bytes, word)) {
          found.add(folder + " words of " + field.name);
        }
      }
    }
    for (int doc = 0; doc < leaf.maxDoc(); doc++) {
      if (holds(
          leaf.storedFields().document(doc).toString().getBytes(StandardCharsets.UTF_8), word)) {
        found.add(folder + " text " + doc);
      }
    }
  }
}
