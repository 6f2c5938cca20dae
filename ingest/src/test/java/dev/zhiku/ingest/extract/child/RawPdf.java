package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A PDF written object by object. */
final class RawPdf {
  private RawPdf() {}

  /**
   * @param objects numbered from 1, the first being the catalogue
   * @param trailer what the trailer holds beside its size and root
   */
  static Sample of(List<String> objects, String trailer) {
    StringBuilder file = new StringBuilder("%PDF-1.7\n");
    StringBuilder places = new StringBuilder("0000000000 65535 f \n");
    for (int i = 0; i < objects.size(); i++) {
      places.append("%010d 00000 n \n".formatted(file.length()));
      file.append("%d 0 obj\n%s\nendobj\n".formatted(i + 1, objects.get(i)));
    }
    int size = objects.size() + 1;
    int start = file.length();
    file.append("xref\n0 %d\n%s".formatted(size, places))
        .append("trailer\n<</Size %d/Root 1 0 R%s>>\n".formatted(size, trailer))
        .append("startxref\n%d\n%%%%EOF\n".formatted(start));
    return Sample.of("raw.pdf", file.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  static String stream(String content) {
    return "<</Length %d>>\nstream\n%s\nendstream".formatted(content.length(), content);
  }
}
