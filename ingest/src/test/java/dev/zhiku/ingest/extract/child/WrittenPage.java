package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.util.ArrayList;
import java.util.List;

/** Pages of a PDF in a font of any characters, cut down to those in use as print dialogs do it. */
final class WrittenPage {
  private final StringBuilder content = new StringBuilder();
  private final List<Integer> characters;

  private WrittenPage(List<Integer> characters) {
    this.characters = characters;
  }

  /** What is written on one page. */
  @FunctionalInterface
  interface Writing {
    void on(WrittenPage page);
  }

  WrittenPage text(float x, float y, float size, String text) {
    StringBuilder codes = new StringBuilder();
    text.codePoints().forEach(c -> codes.append("%04X".formatted(code(c))));
    content.append("BT /F1 " + size + " Tf " + x + " " + y + " Td <" + codes + "> Tj ET\n");
    return this;
  }

  /** Cells of one row, each at the beginning of its column; empty ones are not written. */
  WrittenPage row(float y, float[] columns, String... cells) {
    for (int i = 0; i < cells.length; i++) {
      if (!cells[i].isEmpty()) {
        text(columns[i], y, 10, cells[i]);
      }
    }
    return this;
  }

  /** Cells of one row, each at the end of its column; empty ones are not written. */
  WrittenPage rowToRight(float y, float[] ends, String... cells) {
    for (int i = 0; i < cells.length; i++) {
      if (!cells[i].isEmpty()) {
        text(ends[i] - width(cells[i]), y, 10, cells[i]);
      }
    }
    return this;
  }

  private static float width(String text) {
    return text.codePoints().map(c -> c < 256 ? 5 : 10).sum();
  }

  private int code(int character) {
    if (!characters.contains(character)) {
      characters.add(character);
    }
    return characters.indexOf(character) + 1;
  }

  static Sample pdf(Writing... writings) {
    List<Integer> characters = new ArrayList<>();
    List<String> contents = new ArrayList<>();
    for (Writing writing : writings) {
      WrittenPage page = new WrittenPage(characters);
      writing.on(page);
      contents.add(page.content.toString());
    }
    List<String> objects = new ArrayList<>(List.of("<</Type/Catalog/Pages 2 0 R>>", ""));
    objects.add(
        "<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Song/Encoding/Identity-H/ToUnicode 5 0 R"
            + "/DescendantFonts[4 0 R]>>");
    objects.add(
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Song/DW 1000/CIDToGIDMap/Identity/W[1["
            + widths(characters)
            + "]]/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            + "/FontDescriptor 6 0 R>>");
    objects.add(RawPdf.stream(toUnicode(characters)));
    objects.add(
        "<</Type/FontDescriptor/FontName/AAAAAA+Song/Flags 4/FontBBox[0 -120 1000 880]"
            + "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>");
    StringBuilder kids = new StringBuilder();
    for (String content : contents) {
      kids.append(objects.size() + 1).append(" 0 R ");
      objects.add(
          "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
              .formatted(objects.size() + 2));
      objects.add(RawPdf.stream(content));
    }
    objects.set(1, "<</Type/Pages/Kids[%s]/Count %d>>".formatted(kids, contents.size()));
    return RawPdf.of(objects, "");
  }

  private static String widths(List<Integer> characters) {
    StringBuilder widths = new StringBuilder();
    characters.forEach(c -> widths.append(c < 256 ? "500 " : "1000 "));
    return widths.toString();
  }

  private static String toUnicode(List<Integer> characters) {
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < characters.size(); i++) {
      table.append("<%04X> <%04X>\n".formatted(i + 1, characters.get(i)));
    }
    return "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        + "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + characters.size()
        + " beginbfchar\n"
        + table
        + "endbfchar\nendcmap end end";
  }
}
