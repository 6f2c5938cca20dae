package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.outcome.IngestText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Charts of office documents as rows with the names of their series, drawings as lists. */
public final class DrawingText {
  private static final Pattern PART =
      Pattern.compile("(?:word|ppt|xl)/(?:charts/chart\\d*|diagrams/data\\d*)\\.xml");

  private static final int MOST_POINTS = 10_000;

  private final Document part;
  private final Place place;
  private final BlockSink sink;

  DrawingText(Document part, Place place, BlockSink sink) {
    this.part = part;
    this.place = place;
    this.sink = sink;
  }

  /** Whether a part of that name holds the text of a chart or drawing. */
  public static boolean isPart(String name) {
    return PART.matcher(name).matches();
  }

  /** Reads a chart or drawing that belongs to no page; a damaged one is named. */
  public static void read(byte[] xml, BlockSink sink) throws IOException {
    if (!WordXml.fits(xml)) {
      return;
    }
    try {
      new DrawingText(WordXml.parsed(xml), Place.WHOLE, sink).read();
    } catch (XMLStreamException damaged) {
      sink.note(IngestText.of("charts.damaged"));
    }
  }

  void read() {
    List<Element> charts = WordXml.all(part, "chart");
    if (charts.isEmpty()) {
      WordXml.all(part, "pt").forEach(this::readPoint);
    } else {
      readChart(charts.getFirst());
    }
  }

  private void readPoint(Element point) {
    String text = paragraphs(WordXml.child(point, "t"));
    if (!text.isBlank()) {
      sink.paragraph("- " + text, place);
    }
  }

  private void readChart(Element chart) {
    String title = paragraphs(WordXml.child(chart, "title"));
    List<String> names = new ArrayList<>(List.of(title));
    List<Map<Integer, String>> columns = new ArrayList<>();
    columns.add(new TreeMap<>());
    for (Element series : WordXml.all(chart, "ser")) {
      String name = String.join(" ", points(WordXml.child(series, "tx")).values());
      Map<Integer, String> labels = points(WordXml.child(series, "cat"));
      labels.putAll(points(WordXml.child(series, "xVal")));
      labels.forEach(columns.getFirst()::putIfAbsent);
      Map<Integer, String> values = points(WordXml.child(series, "val"));
      values.putAll(points(WordXml.child(series, "yVal")));
      names.add(name);
      columns.add(values);
    }
    if (columns.size() == 1) {
      sink.paragraph(title, place);
    } else {
      addRows(names, columns);
    }
    for (Element axis : WordXml.all(chart, "title")) {
      String text = paragraphs(axis);
      if (!text.isBlank() && !text.equals(title)) {
        sink.paragraph(text, place);
      }
    }
  }

  private void addRows(List<String> names, List<Map<Integer, String>> columns) {
    TreeSet<Integer> indexes = new TreeSet<>();
    columns.forEach(column -> indexes.addAll(column.keySet()));
    for (int index : indexes) {
      List<String> cells = new ArrayList<>();
      columns.forEach(column -> cells.add(column.getOrDefault(index, "")));
      sink.row(names, cells, place);
    }
  }

  /** Labels or values by their place in the series; several levels of labels become one. */
  private static Map<Integer, String> points(@Nullable Element data) {
    Map<Integer, String> points = new TreeMap<>();
    if (data == null) {
      return points;
    }
    for (Element point : WordXml.all(data, "pt")) {
      String index = WordXml.attribute(point, "idx", "0");
      Element value = WordXml.child(point, "v");
      if (value != null && index.matches("\\d{1,5}") && points.size() < MOST_POINTS) {
        points.merge(
            Integer.valueOf(index),
            value.getTextContent().strip(),
            (inner, outer) -> outer + " " + inner);
      }
    }
    Element literal = WordXml.child(data, "v");
    if (literal != null) {
      points.put(0, literal.getTextContent().strip());
    }
    return points;
  }

  private static String paragraphs(@Nullable Element text) {
    StringBuilder joined = new StringBuilder();
    if (text != null) {
      for (Element paragraph : WordXml.all(text, "p")) {
        CleanText.join(joined, WordXml.text(paragraph).strip());
      }
    }
    return joined.toString();
  }
}
