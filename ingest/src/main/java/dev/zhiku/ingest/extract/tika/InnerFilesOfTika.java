package dev.zhiku.ingest.extract.tika;

import com.pff.PSTMessage;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.OleStorage;
import dev.zhiku.ingest.extract.Pictures;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import org.apache.commons.io.input.CloseShieldInputStream;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TemporaryResources;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * Takes the files that Tika's parsers find inside a file and has them read like any other. A mail's
 * own text is a part of the mail; of pictures in documents only those are read that may be pages of
 * text.
 */
final class InnerFilesOfTika implements EmbeddedDocumentExtractor {
  private static final String MAIL = "message/rfc822";
  private static final Set<String> ARCHIVES_OR_MAIL =
      Set.of(MAIL, "application/mbox", "application/vnd.ms-outlook", "application/zip");

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
    if ("THUMBNAIL".equals(role) || "MACRO".equals(role) || isOutsideTheText()) {
      return false;
    }
    if (outerType.equals(MAIL) && type != null && type.startsWith("text/")) {
      return true;
    }
    boolean pictureOfDocument = type != null && type.startsWith("image/") && isDocument();
    return pictureOfDocument ? Pictures.mayHoldText(type) : !"INLINE".equals(role);
  }

  private boolean isDocument() {
    return !ARCHIVES_OR_MAIL.contains(outerType);
  }

  /** A book's chapters are its text already; what is left is navigation, styles and fonts. */
  private boolean isOutsideTheText() {
    return outerType.equals("application/epub+zip");
  }

  @Override
  public void parseEmbedded(
      InputStream content, ContentHandler handler, Metadata metadata, boolean outputHtml)
      throws SAXException, IOException {
    String name = metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY);
    String type = metadata.get(Metadata.CONTENT_TYPE);
    if (isOwnText(name, type)) {
      String written = type == null ? "text/plain" : type;
      MailText.read(MailText.plain(content, metadata), written, handler, sink);
    } else if (isDocument() && type != null && Pictures.mayHoldText(type)) {
      picture(name, content);
    } else {
      boolean text = outerType.equals(MAIL) && type != null && type.startsWith("text/");
      inner(named(name), text ? MailText.plain(content, metadata) : content, metadata);
    }
  }

  /** Its size is in its head: small ones are neither copied nor looked at. */
  private void picture(String name, InputStream content) throws IOException {
    try (TemporaryResources resources = new TemporaryResources();
        TikaInputStream spooled =
            TikaInputStream.get(CloseShieldInputStream.wrap(content), resources, new Metadata())) {
      if (mayBeAPage(spooled.getFile())) {
        sink.inner(named(name), spooled);
      }
    }
  }

  private static boolean mayBeAPage(File picture) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(picture)) {
      return in != null && Pictures.mayBeAPage(in);
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
    return outerType.equals(MAIL)
        && (name == null || name.isBlank())
        && (type == null || type.startsWith("text/"));
  }
}
