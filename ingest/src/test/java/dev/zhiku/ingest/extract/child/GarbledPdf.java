package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.util.ArrayList;
import java.util.List;

/** A PDF whose letters say in their table of characters what the test wants, whatever is drawn. */
final class GarbledPdf {
  private final List<String> objects = new ArrayList<>();
  private final StringBuilder table = new StringBuilder();
  private final List<Integer> characters = new ArrayList<>();

  private GarbledPdf() {}

  static Sample of(List<List<String>> pages) {
    return new GarbledPdf().written(pages);
  }

  private Sample written(List<List<String>> pages) {
    List<String> contents = pages.stream().map(this::content).toList();
    for (int i = 0; i < characters.size(); i++) {
      table.append("<%04X> <%04X>\n".formatted(i + 1, characters.get(i)));
    }
    StringBuilder kids = new StringBuilder();
    objects.add("<</Type/Catalog/Pages 2 0 R>>");
    objects.add("");
    objects.add(
        "<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/ToUnicode 5 0 R"
            + "/DescendantFonts[4 0 R]>>");
    objects.add(
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/DW 600/CIDToGIDMap/Identity"
            + "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            + "/FontDescriptor 6 0 R>>");
    objects.add(
        RawPdf.stream(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
                + "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
                + characters.size()
                + " beginbfchar\n"
                + table
                + "endbfchar\nendcmap end end"));
    objects.add(
        "<</Type/FontDescriptor/FontName/Made/Flags 4/FontBBox[0 0 600 800]/ItalicAngle 0"
            + "/Ascent 800/Descent 0/CapHeight 700/StemV 80>>");
    for (String content : contents) {
      int page = objects.size() + 1;
      kids.append(page).append(" 0 R ");
      objects.add(
          "<</Type/Page/Parent 2 0 R/MediaBox[0 0 1200 792]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
              .formatted(page + 1));
      objects.add(RawPdf.stream(content));
    }
    objects.set(1, "<</Type/Pages/Kids[%s]/Count %d>>".formatted(kids, contents.size()));
    return RawPdf.of(objects, "");
  }

  private String content(List<String> lines) {
    StringBuilder content = new StringBuilder("BT /F1 10 Tf 14 TL 40 740 Td\n");
    for (String line : lines) {
      StringBuilder codes = new StringBuilder();
      line.chars().forEach(c -> codes.append("%04X".formatted(code(c))));
      content.append("<").append(codes).append("> Tj T*\n");
    }
    return content.append("ET").toString();
  }

  private int code(int character) {
    if (!characters.contains(character)) {
      characters.add(character);
    }
    return characters.indexOf(character) + 1;
  }
}
