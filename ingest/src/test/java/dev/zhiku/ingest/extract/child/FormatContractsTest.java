package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.testing.ExtractorContract;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every format keeps the contract of extractors. */
class FormatContractsTest {
  private static final Readers READERS = new Readers();

  private abstract static class InThisProcess extends ExtractorContract {
    private final Extractor extractor;

    InThisProcess(Path directory) {
      super(directory);
      this.extractor = READERS.extractor(ExtractLimits.DEFAULT, directory);
    }

    @Override
    protected Extractor extractor() {
      return extractor;
    }
  }

  @Nested
  class Markdown extends InThisProcess {
    Markdown(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return ExtractorContract.Sample.ofText("notes.md", "# Notes\n\nFirst, *" + phrase + "*.\n");
    }
  }

  @Nested
  class Html extends InThisProcess {
    Html(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return ExtractorContract.Sample.ofText(
          "page.html", "<html><body><h1>Page</h1><p>" + phrase + "</p></body></html>");
    }
  }

  @Nested
  class Csv extends InThisProcess {
    Csv(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return ExtractorContract.Sample.ofText(
          "parts.csv", "part,remark\nX-100,\"" + phrase + "\"\n");
    }
  }

  @Nested
  class FormData extends InThisProcess {
    FormData(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return ExtractorContract.Sample.ofText(
          "permit.xfdf",
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?><xfdf xmlns=\"http://ns.adobe.com/xfdf/\">"
              + "<fields><field name=\"remark\"><value>"
              + phrase
              + "</value></field></fields></xfdf>");
    }
  }

  @Nested
  class PlainText extends InThisProcess {
    PlainText(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return ExtractorContract.Sample.ofText("read-me.txt", "Before.\n\n" + phrase + "\n");
    }
  }

  @Nested
  class TextInUtf16 extends InThisProcess {
    TextInUtf16(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return ExtractorContract.Sample.of(
          "wide.txt", ("中文 " + phrase).getBytes(StandardCharsets.UTF_16));
    }
  }

  @Nested
  class TextInGb18030 extends InThisProcess {
    TextInGb18030(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return ExtractorContract.Sample.of(
          "old.txt", ("本手册说明设备的使用方法，请在使用之前阅读。" + phrase).getBytes(Charset.forName("GB18030")));
    }
  }

  @Nested
  class Json extends InThisProcess {
    Json(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return ExtractorContract.Sample.ofText("data.json", "{\"remark\": \"" + phrase + "\"}");
    }
  }

  @Nested
  class Xml extends InThisProcess {
    Xml(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return ExtractorContract.Sample.ofText(
          "data.xml", "<?xml version=\"1.0\"?><a><b>" + phrase + "</b></a>");
    }
  }

  @Nested
  class Pdf extends InThisProcess {
    Pdf(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return TestFiles.pdf(List.of(List.of(new TestFiles.Line(10, 700, phrase))));
    }
  }

  @Nested
  class WordToday extends InThisProcess {
    WordToday(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return TestFiles.docx("Cooling", phrase);
    }
  }

  @Nested
  class ExcelToday extends InThisProcess {
    ExcelToday(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return TestFiles.xlsx("Parts", List.of(List.of("Part", "Remark"), List.of("X-100", phrase)));
    }
  }

  @Nested
  class Excel97 extends InThisProcess {
    Excel97(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return TestFiles.xls("Parts", List.of(List.of("Part", "Remark"), List.of("X-100", phrase)));
    }
  }

  @Nested
  class PowerPointToday extends InThisProcess {
    PowerPointToday(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return TestFiles.pptx(List.of(List.of("Cooling", phrase)));
    }
  }

  @Nested
  class PowerPoint97 extends InThisProcess {
    PowerPoint97(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return TestFiles.ppt(List.of(List.of("Cooling", phrase)));
    }
  }

  @Nested
  class OpenDocument extends InThisProcess {
    OpenDocument(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return TestFiles.odt("Cooling", phrase);
    }
  }

  @Nested
  class Epub extends InThisProcess {
    Epub(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return TestFiles.epub("Cooling", phrase);
    }
  }

  @Nested
  class Rtf extends InThisProcess {
    Rtf(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return ExtractorContract.Sample.ofText(
          "note.rtf", "{\\rtf1\\ansi{\\b Cooling}\\par " + phrase + "\\par}");
    }
  }

  @Nested
  class Mail extends InThisProcess {
    Mail(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return TestFiles.mail("Cooling", "Dear all,", "remark.txt", phrase);
    }
  }

  @Nested
  class Archive extends InThisProcess {
    Archive(@TempDir Path directory) {
      super(directory);
    }

    @Override
    protected ExtractorContract.Sample sample(String phrase) throws IOException {
      return TestFiles.zip("remarks.zip", Map.of("inner/remark.txt", phrase));
    }
  }
}
