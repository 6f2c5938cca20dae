package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Word files as Word writes them, for the facts about reading. */
final class ReadingWord {
  private static final String WORD =
      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
          + " xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""
          + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
          + " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
          + " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""
          + " xmlns:v=\"urn:schemas-microsoft-com:vml\""
          + " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"";

  private ReadingWord() {}

  static void addTo(Map<String, Sample> files) throws IOException {
    put(
        files,
        docx(
            "merged-cells-值班.docx",
            table(
                row(cell("", "科室"), cell("", "姓名"), cell("", "电话")),
                row(cell("<w:vMerge w:val=\"restart\"/>", "内科"), cell("", "卓然"), cell("", "6601")),
                row(cell("<w:vMerge/>", ""), cell("", "康宁"), cell("", "6602")),
                row(cell("", "外科"), cell("<w:gridSpan w:val=\"2\"/>", "暂缺")))));
    put(
        files,
        docx(
            "superscripts-raised.docx",
            p(run("", "There are about 10") + run(RAISED, "8") + run("", " cells in it."))
                + p(
                    run("", "面积为35m")
                        + run(RAISED, "2")
                        + run("", "，饮用H")
                        + run("<w:vertAlign w:val=\"subscript\"/>", "2")
                        + run("", "O。"))));
    put(
        files,
        docx(
            "word-structures-controls.docx",
            p(
                    "<w:customXml w:element=\"owner\"><w:smartTag w:element=\"person\">"
                        + run("", "The owner is Idris Bello.")
                        + "</w:smartTag></w:customXml>")
                + "<w:sdt><w:sdtPr/><w:sdtContent>"
                + p(
                    run("", "审批人：")
                        + "<w:sdt><w:sdtContent>"
                        + run("", "尉迟恭")
                        + "</w:sdtContent></w:sdt>")
                + "</w:sdtContent></w:sdt>"
                + table(
                    row(cell("", "Tool"), cell("", "Shelf")),
                    "<w:sdt><w:sdtContent>"
                        + row(cell("", "Saw"), cell("", "B4"))
                        + "<w:sdt><w:sdtContent>"
                        + row(
                            cell("", "Plane"),
                            "<w:sdt><w:sdtContent>" + cell("", "C1") + "</w:sdtContent></w:sdt>")
                        + "</w:sdtContent></w:sdt></w:sdtContent></w:sdt>")));
    put(
        files,
        docx(
            "word-structures-formula.docx",
            p(
                    run("", "The slope is ")
                        + "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den>"
                        + "<m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>"
                        + run("", " at most."))
                + p(
                    "<m:oMathPara><m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r>"
                        + "<m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></m:oMathPara>")
                + p("<w:r><w:sym w:font=\"Wingdings 2\" w:char=\"F052\"/></w:r>" + run("", " 已检查"))
                + p(
                    "<w:sdt><w:sdtPr><w14:checkbox><w14:checked"
                        + " w14:val=\"0\"/></w14:checkbox></w:sdtPr><w:sdtContent>"
                        + run("", "☐")
                        + "</w:sdtContent></w:sdt>"
                        + run("", " not tested"))));
    String box =
        "<w:txbxContent>" + p(run("", "Beware of the step at door 3.")) + "</w:txbxContent>";
    put(
        files,
        docx(
            "word-structures-box.docx",
            p(
                    "<w:r><mc:AlternateContent><mc:Choice"
                        + " Requires=\"wps\"><w:drawing><wps:wsp><wps:txbx>"
                        + box
                        + "</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict>"
                        + "<v:shape><v:textbox>"
                        + box
                        + "</v:textbox></v:shape></w:pict></mc:Fallback>"
                        + "</mc:AlternateContent></w:r>")
                + p(
                    run("", "合同自签字之日起")
                        + "<w:del w:id=\"1\" w:author=\"a\"><w:r><w:delText>失效"
                        + "</w:delText></w:r></w:del><w:ins w:id=\"2\" w:author=\"a\">"
                        + run("", "生效")
                        + "</w:ins>"
                        + run("", "。"))));
    put(
        files,
        docx(
            "hidden-text-vanish.docx",
            p(run("", "The deposit is 200.") + run("<w:vanish/>", " The deposit is 250."))
                + p(run("<w:vanish/>", "底价九百元。"))
                + p(run("", "押金可退。"))));
    put(
        files,
        docx(
            "small-faults-nested.docx",
            table(
                row(cell("", "Room"), cell("", "Fittings"), cell("", "Beds")),
                row(
                    cell("", "201"),
                    "<w:tc>"
                        + table(
                            row(cell("", "Lamp"), cell("", "2")),
                            row(cell("", "台灯"), cell("", "四")))
                        + p("")
                        + "</w:tc>",
                    cell("", "3")))));
    addWordWithParts(files);
  }

  private static final String RAISED = "<w:vertAlign w:val=\"superscript\"/>";

  private static void addWordWithParts(Map<String, Sample> files) throws IOException {
    Map<String, String> links = new LinkedHashMap<>();
    links.put(
        "word/_rels/document.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + "<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument"
            + "/2006/relationships/hyperlink\" Target=\"https://port.example/berths.pdf\""
            + " TargetMode=\"External\"/></Relationships>");
    put(
        files,
        docx(
            "link-targets-links.docx",
            p(
                    run("", "All berths are in ")
                        + "<w:hyperlink r:id=\"rId9\">"
                        + run("", "the list")
                        + "</w:hyperlink>"
                        + run("", "."))
                + p(
                    run("", "请登录")
                        + "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>"
                        + " HYPERLINK \"https://sb.example.cn/login\" </w:instrText></w:r><w:r>"
                        + "<w:fldChar w:fldCharType=\"separate\"/></w:r>"
                        + run("", "申报系统")
                        + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
                        + run("", "填写。")),
            links));
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(
        "word/_rels/document.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + "<Relationship Id=\"rId5\" Type=\"http://schemas.openxmlformats.org/officeDocument"
            + "/2006/relationships/footnotes\" Target=\"footnotes.xml\"/></Relationships>");
    notes.put(
        "word/footnotes.xml",
        "<w:footnotes "
            + WORD
            + "><w:footnote w:id=\"2\">"
            + p(run("", "Children pay half."))
            + "</w:footnote><w:footnote w:id=\"3\">"
            + p(run("", "含税价。"))
            + "</w:footnote></w:footnotes>");
    put(
        files,
        docx(
            "note-marks-notes.docx",
            p(
                    run("", "The fee is forty euros")
                        + "<w:r><w:footnoteReference w:id=\"2\"/></w:r>"
                        + run("", " a head."))
                + p(
                    run("", "单价三十元")
                        + "<w:r><w:footnoteReference w:id=\"3\"/></w:r>"
                        + run("", "。")),
            notes));
  }

  private static void put(Map<String, Sample> files, Sample sample) {
    files.put(sample.name(), sample);
  }

  private static Sample docx(String name, String body) throws IOException {
    return docx(name, body, Map.of());
  }

  /** A Word file with further parts, which its content types name by their endings. */
  static Sample docx(String name, String body, Map<String, String> more) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    String types = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    parts.put(
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package"
            + ".relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + "<Override PartName=\"/word/document.xml\" ContentType=\""
            + types
            + "document.main+xml\"/>"
            + (more.containsKey("word/footnotes.xml")
                ? "<Override PartName=\"/word/footnotes.xml\" ContentType=\""
                    + types
                    + "footnotes+xml\"/>"
                : "")
            + "</Types>");
    parts.put(
        "_rels/.rels",
        "<Relationships"
            + " xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship"
            + " Id=\"rId1\""
            + " Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\""
            + " Target=\"word/document.xml\"/></Relationships>");
    parts.put(
        "word/document.xml", "<w:document " + WORD + "><w:body>" + body + "</w:body></w:document>");
    parts.putAll(more);
    return TestFiles.zip(name, parts);
  }

  private static String p(String runs) {
    return "<w:p>" + runs + "</w:p>";
  }

  private static String run(String properties, String text) {
    return "<w:r><w:rPr>"
        + properties
        + "</w:rPr><w:t xml:space=\"preserve\">"
        + text
        + "</w:t></w:r>";
  }

  private static String cell(String properties, String text) {
    return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + p(run("", text)) + "</w:tc>";
  }

  private static String row(String... cells) {
    return "<w:tr>" + String.join("", cells) + "</w:tr>";
  }

  private static String table(String... rows) {
    return "<w:tbl>" + String.join("", rows) + "</w:tbl>";
  }
}
