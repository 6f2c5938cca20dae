package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.StruckText;
import dev.zhiku.ingest.extract.UnreadableFileException;
import dev.zhiku.ingest.outcome.IngestText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Slide shows as they are saved today, whose reader gets a copy in which numbers, struck-out words
 * and merged cells are plain text; charts and drawings follow, at their slide.
 */
public final class SlidesReader implements FormatReader {
  private static final String SHOW = "application/vnd.openxmlformats-officedocument.presentationml";
  private static final Pattern WITH_MACROS =
      Pattern.compile("application/vnd\\.ms-powerpoint\\.\\w+\\.macroenabled\\.12");
  private static final Pattern SLIDE = Pattern.compile("ppt/slides/slide\\d+\\.xml");
  private static final String LIST = "ppt/presentation.xml";

  private final FormatReader office;

  /**
   * @param office reads the text of the copy
   */
  public SlidesReader(FormatReader office) {
    this.office = office;
  }

  @Override
  public boolean reads(String mediaType) {
    return mediaType.startsWith(SHOW) || WITH_MACROS.matcher(mediaType).matches();
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    Path copy = Files.createTempFile("slides", ".pptx");
    Map<String, Document> drawings = new LinkedHashMap<>();
    Map<String, Integer> places = Map.of();
    Told told = new Told(0, 0);
    try (ZipFile zip = new ZipFile(file.path().toFile())) {
      told = copy(zip, copy, drawings);
      places = places(zip);
    } catch (XMLStreamException | ZipException damaged) {
      drawings.clear();
      Files.copy(file.path(), copy, StandardCopyOption.REPLACE_EXISTING);
    }
    try {
      office.read(new InputFile(copy, file.name(), file.mediaType()), sink);
    } finally {
      Files.deleteIfExists(copy);
    }
    for (var drawing : drawings.entrySet()) {
      int slide = places.getOrDefault(drawing.getKey(), 0);
      if (slide >= 0) {
        new DrawingText(drawing.getValue(), place(slide), sink).read();
      }
    }
    StruckText.note(told.struck(), sink);
    if (told.hidden() > 0) {
      sink.note(IngestText.of("parts.hidden", told.hidden()));
    }
  }

  /** Numbers of parts that were struck out and hidden. */
  private record Told(int struck, int hidden) {}

  private static Place place(int slide) {
    return slide == 0
        ? Place.WHOLE
        : new Place(Kind.SLIDE, Optional.empty(), Optional.empty(), slide, slide);
  }

  private static Told copy(ZipFile zip, Path copy, Map<String, Document> drawings)
      throws IOException, XMLStreamException {
    int struck = 0;
    int hidden = 0;
    try (OutputStream file = Files.newOutputStream(copy);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        out.putNextEntry(new ZipEntry(entry.getName()));
        byte[] content = bytes(zip, entry);
        if (SLIDE.matcher(entry.getName()).matches() && WordXml.fits(content)) {
          Document slide = WordXml.parsed(content);
          SlideXml rewriting = new SlideXml(slide);
          rewriting.rewrite();
          struck += rewriting.struck();
          hidden += rewriting.hidden();
          content = WordXml.written(slide);
        } else if (DrawingText.isPart(entry.getName()) && WordXml.fits(content)) {
          drawings.put(entry.getName(), WordXml.parsed(content));
          content = WordCopy.emptied(content);
        }
        out.write(content);
        out.closeEntry();
      }
    }
    return new Told(struck, hidden);
  }

  /** The slide that a part belongs to, from 1; -1 for one that is hidden. */
  private static Map<String, Integer> places(ZipFile zip) throws IOException, XMLStreamException {
    Map<String, Integer> places = new HashMap<>();
    Map<String, String> targets = targets(zip, LIST);
    Document list = part(zip, LIST);
    List<String> slides = new ArrayList<>();
    if (list != null) {
      for (Element slide : WordXml.all(list, "sldId")) {
        slides.add(targets.getOrDefault(relation(slide), ""));
      }
    }
    for (int i = 0; i < slides.size(); i++) {
      Document slide = part(zip, slides.get(i));
      String shown =
          slide == null ? "" : WordXml.attribute(slide.getDocumentElement(), "show", "1");
      int number = shown.equals("0") || shown.equals("false") ? -1 : i + 1;
      targets(zip, slides.get(i)).values().forEach(target -> places.put(target, number));
    }
    return places;
  }

  private static String relation(Element element) {
    return element.getAttributeNS(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "id");
  }

  /** Parts that a part is related to, by the name of the relation. */
  private static Map<String, String> targets(ZipFile zip, String name)
      throws IOException, XMLStreamException {
    int slash = name.lastIndexOf('/') + 1;
    Document relations =
        part(zip, name.substring(0, slash) + "_rels/" + name.substring(slash) + ".rels");
    Map<String, String> targets = new HashMap<>();
    if (relations != null) {
      Path folder = Path.of("/" + name.substring(0, slash));
      for (Element relation : WordXml.all(relations, "Relationship")) {
        String target = WordXml.attribute(relation, "Target", "");
        if (!WordXml.attribute(relation, "TargetMode", "").equals("External")) {
          String resolved = folder.resolve(target).normalize().toString();
          targets.put(
              WordXml.attribute(relation, "Id", ""), resolved.replace('\\', '/').substring(1));
        }
      }
    }
    return targets;
  }

  private static @Nullable Document part(ZipFile zip, String name)
      throws IOException, XMLStreamException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return null;
    }
    byte[] xml = bytes(zip, entry);
    return WordXml.fits(xml) ? WordXml.parsed(xml) : null;
  }

  private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
