package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.poi.xslf.usermodel.XMLSlideShow;

/** A Word document or a slide show written part by part. */
final class OfficeParts {
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  private static final String RELATION =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String TYPE = "application/vnd.openxmlformats-officedocument.";
  private static final String WORD_SPACES =
      " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
          + " xmlns:r=\"%s\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""
              .formatted(RELATION);
  private static final String SLIDE_SPACES =
      " xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""
          + " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"%s\""
              .formatted(RELATION);

  private final Map<String, String> parts = new LinkedHashMap<>();
  private final List<String> types = new ArrayList<>();
  private final Map<String, List<String>> relations = new LinkedHashMap<>();

  private OfficeParts() {}

  static OfficeParts word(String body) {
    OfficeParts word = new OfficeParts();
    word.relate("", "officeDocument", "word/document.xml");
    word.wordPart(
        "document.xml", "document.main", "document", "<w:body>" + body + "<w:sectPr/></w:body>");
    return word;
  }

  /** Adds a part that is the root element's content, and relates the document to it. */
  OfficeParts with(String name, String kind, String root, String content) {
    relate("word/document.xml", kind, name);
    wordPart(name, kind, root, content);
    return this;
  }

  private void wordPart(String name, String kind, String root, String content) {
    add(
        "word/" + name,
        TYPE + "wordprocessingml." + kind + "+xml",
        "<w:%s%s>%s</w:%s>".formatted(root, WORD_SPACES, content, root));
  }

  /** Adds any part that the document is related to. */
  OfficeParts withOther(String name, String kind, String type, String content) {
    relate("word/document.xml", kind, name);
    add("word/" + name, TYPE + type, content);
    return this;
  }

  /**
   * @param slides the attributes of each slide's root and the content of its tree of shapes
   */
  static OfficeParts slides(List<Map.Entry<String, String>> slides) throws IOException {
    OfficeParts show = new OfficeParts();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (XMLSlideShow empty = new XMLSlideShow()) {
      slides.forEach(slide -> empty.createSlide());
      empty.write(bytes);
    }
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
        show.parts.put(part.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    for (int i = 1; i <= slides.size(); i++) {
      show.parts.put(
          "ppt/slides/slide" + i + ".xml",
          ("<p:sld%s %s><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/>"
                  + "<p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>%s</p:spTree></p:cSld></p:sld>")
              .formatted(SLIDE_SPACES, slides.get(i - 1).getKey(), slides.get(i - 1).getValue()));
    }
    return show;
  }

  /** Relates a slide to another part. */
  OfficeParts withSlidePart(int slide, String name, String kind, String type, String content) {
    parts.computeIfPresent(
        "ppt/slides/_rels/slide" + slide + ".xml.rels",
        (rels, xml) ->
            xml.replace(
                "</Relationships>",
                "<Relationship Id=\"made\" Type=\"%s/%s\" Target=\"../%s\"/></Relationships>"
                    .formatted(RELATION, kind, name)));
    parts.computeIfPresent(
        "[Content_Types].xml",
        (types, xml) ->
            xml.replace(
                "</Types>",
                "<Override PartName=\"/ppt/%s\" ContentType=\"%s\"/></Types>"
                    .formatted(name, TYPE + type)));
    parts.put("ppt/" + name, content);
    return this;
  }

  private String relate(String from, String kind, String target) {
    List<String> of = relations.computeIfAbsent(from, f -> new ArrayList<>());
    String id = "r" + (of.size() + 1);
    of.add(
        "<Relationship Id=\"%s\" Type=\"%s/%s\" Target=\"%s\"/>"
            .formatted(id, RELATION, kind, target));
    return id;
  }

  private void add(String name, String type, String content) {
    parts.put(name, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + content);
    types.add("<Override PartName=\"/%s\" ContentType=\"%s\"/>".formatted(name, type));
  }

  Sample named(String name) throws IOException {
    if (types.isEmpty()) {
      return TestFiles.zip(name, parts);
    }
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "[Content_Types].xml",
        "<Types xmlns=\"%scontent-types\"><Default Extension=\"rels\" ContentType="
                .formatted(PACKAGE)
            + "\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + String.join("", types)
            + "</Types>");
    relations.forEach(
        (from, list) -> {
          int slash = from.lastIndexOf('/') + 1;
          String rels = from.substring(0, slash) + "_rels/" + from.substring(slash) + ".rels";
          all.put(
              rels,
              "<Relationships xmlns=\"%srelationships\">%s</Relationships>"
                  .formatted(PACKAGE, String.join("", list)));
        });
    all.putAll(parts);
    return TestFiles.zip(name, all);
  }
}
