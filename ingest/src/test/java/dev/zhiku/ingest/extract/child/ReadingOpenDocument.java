package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** OpenDocument files as LibreOffice writes them, for the facts about reading. */
final class ReadingOpenDocument {
  private static final String ODF =
      "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
          + " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""
          + " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
          + " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""
          + " xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\""
          + " xmlns:presentation=\"urn:oasis:names:tc:opendocument:xmlns:presentation:1.0\""
          + " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\""
          + " xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

  private ReadingOpenDocument() {}

  static void addTo(Map<String, Sample> files) throws IOException {
    put(
        files,
        odf(
            "superscripts-raised.odt",
            "text",
            style("S1", "text", "style:text-position=\"super 58%\""),
            "<text:p>It holds 5 × 10<text:span text:style-name=\"S1\">6</text:span>"
                + " grains.</text:p><text:p>每升10<text:span"
                + " text:style-name=\"S1\">-9</text:span>克。</text:p>"));
    put(
        files,
        odf(
            "hidden-text-text.odt",
            "text",
            style("T1", "text", "text:display=\"none\""),
            "<text:p>The pass is valid for 2 days.<text:span text:style-name=\"T1\"> The pass is"
                + " valid for 9 days.</text:span></text:p><text:p><text:hidden-text"
                + " text:condition=\"ooow:1\" text:string-value=\"x\""
                + " text:is-hidden=\"true\"/>票价公开。</text:p><text:section text:name=\"s\""
                + " text:display=\"none\"><text:p>内部价八元。</text:p></text:section>"));
    put(
        files,
        odf(
            "hidden-text-show.odp",
            "presentation",
            "<style:style style:name=\"dp2\""
                + " style:family=\"drawing-page\"><style:drawing-page-properties"
                + " presentation:visibility=\"hidden\"/></style:style>",
            slide("dp1", "Gate 4 opens at six.")
                + slide("dp2", "Gate 5 opens at two.")
                + slide("dp1", "检票口在东侧。")));
    put(
        files,
        odf(
            "hidden-text-table.ods",
            "spreadsheet",
            style("ta2", "table", "table:display=\"false\""),
            "<table:table table:name=\"Prices\">"
                + odsRow("", "Part", "Price")
                + odsRow("", "Hose", "14")
                + odsRow(" table:visibility=\"collapse\"", "Lid", "3")
                + odsRow("", "Cap", "5")
                + "</table:table><table:table table:name=\"Costs\" table:style-name=\"ta2\">"
                + odsRow("", "Margin", "40")
                + "</table:table>"));
    put(
        files,
        odf(
            "link-targets-links.odt",
            "text",
            "",
            "<text:p>See the <text:a"
                + " xlink:href=\"https://isle.example/ferry.pdf\">timetable</text:a>.</text:p><text:p>请到<text:a"
                + " xlink:href=\"https://isle.example/zh\">购票页</text:a>下单。</text:p>"));
    put(
        files,
        odf(
            "note-marks-notes.odt",
            "text",
            "",
            "<text:p>The boat leaves at nine"
                + odtNote("1", "Not on Sundays.")
                + " from pier 2.</text:p>"
                + "<text:p>展厅免费"
                + odtNote("2", "凭票入场。")
                + "开放。</text:p>"));
    put(
        files,
        odf(
            "note-marks-struck.odt",
            "text",
            style("X1", "text", "style:text-line-through-style=\"solid\""),
            "<text:p>Send it to <text:span text:style-name=\"X1\">Nantes</text:span>Lyon.</text:p>"
                + "<text:p>单价<text:span text:style-name=\"X1\">三十元</text:span>二十元。</text:p>"));
  }

  private static String slide(String style, String text) {
    return "<draw:page draw:style-name=\""
        + style
        + "\"><draw:frame><draw:text-box><text:p>"
        + text
        + "</text:p></draw:text-box></draw:frame></draw:page>";
  }

  private static String odtNote(String number, String text) {
    return "<text:note text:note-class=\"footnote\"><text:note-citation>"
        + number
        + "</text:note-citation><text:note-body><text:p>"
        + text
        + "</text:p></text:note-body></text:note>";
  }

  private static String odsRow(String attributes, String... cells) {
    StringBuilder row = new StringBuilder("<table:table-row" + attributes + ">");
    for (String cell : cells) {
      row.append("<table:table-cell office:value-type=\"string\"><text:p>")
          .append(cell)
          .append("</text:p></table:table-cell>");
    }
    return row.append("</table:table-row>").toString();
  }

  private static String style(String name, String family, String properties) {
    return "<style:style style:name=\"%s\" style:family=\"%s\"><style:%s-properties %s/></style:style>"
        .formatted(name, family, family, properties);
  }

  private static void put(Map<String, Sample> files, Sample sample) {
    files.put(sample.name(), sample);
  }

  /** An OpenDocument file of a kind, with styles and content of its own. */
  static Sample odf(String name, String kind, String styles, String body) throws IOException {
    return odf(name, kind, styles, body, "");
  }

  /** The same with master pages; none for a file without a part for them. */
  static Sample odf(String name, String kind, String styles, String body, String masters)
      throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("mimetype", "application/vnd.oasis.opendocument." + kind);
    parts.put(
        "content.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content "
            + ODF
            + " office:version=\"1.3\"><office:automatic-styles>"
            + styles
            + "</office:automatic-styles><office:body><office:"
            + kind
            + ">"
            + body
            + "</office:"
            + kind
            + "></office:body></office:document-content>");
    if (!masters.isEmpty()) {
      parts.put(
          "styles.xml",
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-styles "
              + ODF
              + "><office:master-styles>"
              + masters
              + "</office:master-styles></office:document-styles>");
    }
    return TestFiles.zip(name, parts);
  }

  /** The same as one XML. */
  static Sample flat(String name, String kind, String styles, String body) {
    return Sample.ofText(
        name,
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document %s office:version=\"1.3\""
                + " office:mimetype=\"application/vnd.oasis.opendocument.%s\">"
                + "<office:automatic-styles>%s</office:automatic-styles>"
                + "<office:body><office:%s>%s</office:%s></office:body></office:document>")
            .formatted(ODF, kind, styles, kind, body, kind));
  }
}
