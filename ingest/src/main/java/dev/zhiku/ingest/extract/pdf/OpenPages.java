package dev.zhiku.ingest.extract.pdf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Files of which a password opens the attachments alone: their pages are not encrypted. */
final class OpenPages {
  private static final long MOST_BYTES = 256L << 20;
  private static final Pattern PAGES_ARE_OPEN =
      Pattern.compile(
          "/StmF\\s*/Identity\\b(?s:.{0,400}?)/StrF\\s*/Identity\\b"
              + "|/StrF\\s*/Identity\\b(?s:.{0,400}?)/StmF\\s*/Identity\\b");
  private static final Pattern ATTACHMENTS = Pattern.compile("/EFF\\s*/(?!Identity)\\w");
  private static final Pattern LOCK = Pattern.compile("/Encrypt(?=\\s|<)");

  private OpenPages() {}

  /** The document without its lock; empty if its pages are locked too. */
  static Optional<PDDocument> of(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!PAGES_ARE_OPEN.matcher(text).find() || !ATTACHMENTS.matcher(text).find()) {
      return Optional.empty();
    }
    for (Matcher lock = LOCK.matcher(text); lock.find(); ) {
      bytes[lock.end() - 1] = 'x';
    }
    return Optional.of(Loader.loadPDF(bytes));
  }
}
