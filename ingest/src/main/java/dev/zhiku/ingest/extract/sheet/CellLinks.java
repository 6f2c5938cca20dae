package dev.zhiku.ingest.extract.sheet;

import dev.zhiku.ingest.extract.LinkTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationship;

/** Targets of the links of a sheet's cells, which stand after the rows in XLSX. */
final class CellLinks {
  private static final Pattern LINK = Pattern.compile("<(?:\\w+:)?hyperlink\\s[^>]{1,2000}>");
  private static final Pattern CELL =
      Pattern.compile("\\sref\\s*=\\s*[\"']([A-Z]{1,3}\\d{1,7})[\"':]");
  private static final Pattern RELATION = Pattern.compile("\\s\\w+:id\\s*=\\s*[\"']([^\"']+)");
  private static final String NAME = "hyperlink";
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int LONGEST_LINK = 2_100;
  private static final int MOST = 100_000;

  private final PackagePart sheet;
  private final Map<String, String> byCell = new HashMap<>();

  private CellLinks(PackagePart sheet) {
    this.sheet = sheet;
  }

  /** Only looks through the sheet for the names of cells, which is not parsed. */
  static CellLinks of(PackagePart sheet) throws IOException {
    CellLinks links = new CellLinks(sheet);
    if (!sheet.hasRelationships()) {
      return links;
    }
    byte[] chunk = new byte[CHUNK_BYTES];
    String rest = "";
    try (InputStream xml = sheet.getInputStream()) {
      for (int read = xml.readNBytes(chunk, 0, CHUNK_BYTES);
          read > 0;
          read = xml.readNBytes(chunk, 0, CHUNK_BYTES)) {
        String text = rest + new String(chunk, 0, read, StandardCharsets.ISO_8859_1);
        if (text.contains(NAME)) {
          LINK.matcher(text).results().forEach(link -> links.add(link.group()));
        }
        rest = text.substring(Math.max(0, text.length() - LONGEST_LINK));
      }
    }
    return links;
  }

  private void add(String link) {
    Matcher cell = CELL.matcher(link);
    Matcher relation = RELATION.matcher(link);
    if (byCell.size() < MOST && cell.find() && relation.find()) {
      PackageRelationship target = sheet.getRelationship(relation.group(1));
      if (target != null) {
        byCell.put(cell.group(1), target.getTargetURI().toString());
      }
    }
  }

  /**
   * The value of a cell with the address that it links to.
   *
   * @param computed address that its formula leads to; empty if there is none
   */
  String shown(String cell, String value, String computed) {
    String target = byCell.getOrDefault(cell, computed);
    return target.isEmpty() ? value : value + LinkTarget.shown(value.strip(), target);
  }
}
