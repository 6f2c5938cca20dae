package dev.zhiku.ingest.extract.tika;

import com.pff.PSTMessage;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.OleStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.xml.sax.ContentHandler;

/**
 * Takes the files that Tika's parsers find inside a file and has them read like any other. A mail's
 * own text is a part of the mail; pictures in documents are left out.
 */
final class InnerFilesOfTika implements EmbeddedDocumentExtractor {
  private static final Set<String> ARCHIVES_OR_MAIL =
      Set.of("message/rfc822", "application/mbox", "application/vnd.ms-outlook", "application/zip");

  private final String outerType;
  private final BlockSink sink;
  private final OpenedFiles opened;
  private int unnamed;

  /** Reads an inner file that its container has opened already. */
  @FunctionalInterface
  interface OpenedFiles {
    void read(TikaInputStream content, Metadata metadata) throws IOException;
  }

  InnerFilesOfTika(String outerType, BlockSink sink, OpenedFiles opened) {
    this.outerType = outerType;
    this.sink = sink;
    this.opened = opened;
  }

  @Override
  public boolean shouldParseEmbedded(Metadata metadata) {
    String type = metadata.get(Metadata.CONTENT_TYPE);
    String role = metadata.get(TikaCoreProperties.EMBEDDED_RESOURCE_TYPE);
    boolean picture = type != null && type.startsWith("image/");
    boolean decoration = "INLINE".equals(role) || "THUMBNAIL".equals(role) || "MACRO".equals(role);
    return !decoration && !isOutsideTheText() && (!picture || ARCHIVES_OR_MAIL.contains(outerType));
  }

  /** A book's chapters are its text already; what is left is navigation, styles and fonts. */
  private boolean isOutsideTheText() {
    return outerType.equals("application/epub+zip");
  }

  @Override
  public void parseEmbedded(
      InputStream content, ContentHandler handler, Metadata metadata, boolean outputHtml)
      throws IOException {
    String name = metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY);
    String type = metadata.get(Metadata.CONTENT_TYPE);
    if (isOwnText(name, type)) {
      sink.part(type != null && type.startsWith("text/html") ? "body.html" : "body.txt", content);
    } else {
      inner(named(name), content, metadata);
    }
  }

  private String named(String name) {
    if (name == null || name.isBlank()) {
      unnamed++;
      return "#" + unnamed;
    }
    return name;
  }

  /** What is no bytes of its own was opened by the parser that found it. */
  private void inner(String name, InputStream content, Metadata metadata) throws IOException {
    TikaInputStream stream = TikaInputStream.cast(content);
    Object container = stream == null ? null : stream.getOpenContainer();
    if (container instanceof DirectoryEntry directory) {
      sink.inner(name, new ByteArrayInputStream(OleStorage.asFile(directory)));
    } else if (container instanceof PSTMessage) {
      sink.inner(name, () -> opened.read(stream, metadata));
    } else {
      sink.inner(name, content);
    }
  }

  private boolean isOwnText(String name, String type) {
    return outerType.equals("message/rfc822")
        && (name == null || name.isBlank())
        && (type == null || type.startsWith("text/"));
  }
}
