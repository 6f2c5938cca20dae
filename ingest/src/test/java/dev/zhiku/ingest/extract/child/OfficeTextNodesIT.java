package dev.zhiku.ingest.extract.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.testing.ExtractorContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * All text nodes in the parts of office files, read here without any of the readers, against the
 * text that is kept. What is not kept has a rule that says why.
 */
class OfficeTextNodesIT {
  private static final Pattern OFFICE = Pattern.compile("(?i).*\\.(docx|xlsx|pptx|odt|ods|odp)");
  private static final List<Path> FOLDERS =
      List.of(Path.of("../../shared"), Path.of("../samples/corpus"));
  private static final Map<String, Pattern> PARTS =
      Map.of(
          "docx",
              Pattern.compile(
                  "word/(?:document|footnotes|endnotes|comments|header\\d*|footer\\d*"
                      + "|charts/chart\\d*|diagrams/data\\d*)\\.xml"),
          "xlsx",
              Pattern.compile(
                  "xl/(?:sharedStrings|worksheets/sheet\\d+|comments\\d*|drawings/drawing\\d+)\\.xml"),
          "pptx",
              Pattern.compile(
                  "ppt/(?:slides/slide\\d+|notesSlides/notesSlide\\d+|charts/chart\\d*"
                      + "|diagrams/data\\d*)\\.xml"),
          "odt", Pattern.compile("content\\.xml"),
          "ods", Pattern.compile("content\\.xml"),
          "odp", Pattern.compile("content\\.xml"));

  private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{N}]");
  private static final String HIDDEN = "-";

  private final Path temporary;
  private final Map<String, Integer> explained = new TreeMap<>();
  private final List<String> unexplained = new ArrayList<>();
  private int nodes;

  OfficeTextNodesIT(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  @Test
  void every_text_node_is_kept_or_has_a_rule() throws Exception {
    List<Path> files = new ArrayList<>();
    for (Path folder : FOLDERS) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> all = Files.walk(folder.toRealPath())) {
          all.filter(path -> OFFICE.matcher(path.toString()).matches()).forEach(files::add);
        }
      }
    }
    assumeFalse(files.isEmpty(), "no office files at hand");
    int read = 0;
    for (Path file : files) {
      read += compare(file) ? 1 : 0;
    }
    System.out.println(read + " of " + files.size() + " files, " + nodes + " text nodes");
    explained.forEach((rule, count) -> System.out.println(rule + ": " + count));
    unexplained.forEach(System.out::println);
    assertThat(unexplained).isEmpty();
  }

  /** Whether the file could be opened by both. */
  private boolean compare(Path file) throws IOException {
    String name = file.getFileName().toString();
    Extracted extracted =
        new Readers().extractor(ExtractLimits.DEFAULT, temporary).extract(file, name);
    if (!(extracted instanceof Extracted.Content content)) {
      return false;
    }
    StringBuilder kept = new StringBuilder(ExtractorContract.text(content));
    for (Block block : content.blocks()) {
      if (block instanceof Block.Row row) {
        kept.append(row.header());
      }
      block.place().sheet().ifPresent(kept::append);
    }
    String text = squeezed(kept.toString());
    Pattern parts =
        Objects.requireNonNull(
            PARTS.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (parts.matcher(entry.getName()).matches()) {
          Element root = root(zip, entry);
          String noted = ExtractorContract.notes(extracted);
          boolean hidden =
              (entry.getName().startsWith("xl/worksheets") && noted.contains("hidden sheet"))
                  || root.getAttribute("show").equals("0");
          compare(file, entry.getName(), root, hidden ? HIDDEN : text);
        }
      }
    } catch (ZipException | SAXException damaged) {
      return false;
    }
    return true;
  }

  private static Element root(ZipFile zip, ZipEntry entry) throws IOException, SAXException {
    try (var in = zip.getInputStream(entry)) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(in).getDocumentElement();
    } catch (ParserConfigurationException e) {
      throw new IOException(e);
    }
  }

  private void compare(Path file, String part, Node node, String text) {
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        compare(file, part, element, text);
      } else if (child.getNodeType() == Node.TEXT_NODE && node instanceof Element holder) {
        compare(file, part, holder, child.getNodeValue(), text);
      }
    }
  }

  private void compare(Path file, String part, Element holder, String written, String text) {
    String words = squeezed(written);
    if (words.isEmpty()) {
      return;
    }
    nodes++;
    if (text.contains(words)) {
      return;
    }
    String rule = rule(part, holder, written, text);
    if (rule.isEmpty()) {
      unexplained.add(file + " " + part + " " + holder.getNodeName() + ": " + written.strip());
    } else {
      explained.merge(rule, 1, Integer::sum);
    }
  }

  /** Why the text is not kept as it is written; empty if nobody knows. */
  private static String rule(String part, Element holder, String written, String text) {
    if (text.equals(HIDDEN)) {
      return "hidden sheet or slide, named in the notes";
    }
    String name = holder.getLocalName();
    for (Node up = holder; up instanceof Element element; up = up.getParentNode()) {
      switch (element.getLocalName()) {
        case "del", "moveFrom", "tracked-changes", "delText" -> {
          return "deleted under tracked changes";
        }
        case "Fallback" -> {
          return "the same again for older programs";
        }
        case "rPh" -> {
          return "how the characters are pronounced";
        }
        case "r" -> {
          if (element.getElementsByTagNameNS("*", "vanish").getLength() > 0) {
            return "hidden words, named in the notes";
          }
        }
        case "oMath" -> {
          return "formula on one line";
        }
        case "sheetPr", "headerFooter" -> {
          return "header or footer of a sheet, with its codes";
        }
        case "oleSize", "formula1", "formula2", "f" -> {
          return "formula or reference, not a value";
        }
        case "annotation", "creator", "date", "date-string", "creator-initials" -> {
          return "day and initials of a comment";
        }
        default -> {}
      }
    }
    return switch (name) {
      case "instrText", "instr", "fldSimple" -> "code of a field";
      case "tableStyleId" -> "name of a style";
      case "posOffset", "pctWidth", "pctHeight", "align", "sizeRelH", "sizeRelV" ->
          "place of a picture";
      case "v" -> part.startsWith("xl/") ? "number shown by its format" : "";
      case "formatCode", "ptCount" -> "format of a number";
      case "author" -> "author of a comment";
      default ->
          part.startsWith("xl/sharedStrings") && isSpread(written, text) ? "broken by lines" : "";
    };
  }

  private static boolean isSpread(String written, String text) {
    return Stream.of(written.split("\\R")).allMatch(line -> text.contains(squeezed(line)));
  }

  private static String squeezed(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
    return MARKS.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
