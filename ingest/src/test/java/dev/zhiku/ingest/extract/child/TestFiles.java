package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.poi.common.usermodel.PictureType;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.sl.usermodel.SlideShow;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.util.Units;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;

/** Small files of every format, made on the spot. */
final class TestFiles {
  private TestFiles() {}

  /** One line of a page: size in points, distance from the bottom, words. */
  record Line(float size, float y, String text) {}

  static Sample pdf(List<List<Line>> pages) throws IOException {
    try (PDDocument document = pdfDocument(pages)) {
      return saved(document);
    }
  }

  static Sample encryptedPdf(String text, String password) throws IOException {
    try (PDDocument document = pdfDocument(List.of(List.of(new Line(10, 700, text))))) {
      document.protect(new StandardProtectionPolicy("owner", password, new AccessPermission()));
      return saved(document);
    }
  }

  private static PDDocument pdfDocument(List<List<Line>> pages) throws IOException {
    PDDocument document = new PDDocument();
    for (List<Line> lines : pages) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream out = new PDPageContentStream(document, page)) {
        for (Line line : lines) {
          out.beginText();
          out.setFont(new PDType1Font(FontName.HELVETICA), line.size());
          out.newLineAtOffset(72, line.y());
          out.showText(line.text());
          out.endText();
        }
      }
    }
    return document;
  }

  private static Sample saved(PDDocument document) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.save(bytes);
    return Sample.of("manual.pdf", bytes.toByteArray());
  }

  /** A Word file with a page of text as a picture, and a logo. */
  static Sample docxWithPictures(String text) throws Exception {
    try (XWPFDocument document = new XWPFDocument()) {
      document.createParagraph().createRun().setText(text);
      XWPFRun pictures = document.createParagraph().createRun();
      picture(pictures, "page.png", 1_000, 1_400);
      picture(pictures, "logo.png", 120, 60);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.write(bytes);
      return Sample.of("pictures.docx", bytes.toByteArray());
    }
  }

  private static void picture(XWPFRun run, String name, int width, int height) throws Exception {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), "png", png);
    run.addPicture(
        new ByteArrayInputStream(png.toByteArray()),
        PictureType.PNG,
        name,
        Units.toEMU(100),
        Units.toEMU(100));
  }

  static Sample docx(String heading, String... paragraphs) throws IOException {
    try (XWPFDocument document = new XWPFDocument()) {
      var styles = document.createStyles();
      var style = CTStyle.Factory.newInstance();
      style.setStyleId("Heading1");
      style.addNewName().setVal("heading 1");
      styles.addStyle(new XWPFStyle(style));
      var title = document.createParagraph();
      title.setStyle("Heading1");
      title.createRun().setText(heading);
      for (String paragraph : paragraphs) {
        document.createParagraph().createRun().setText(paragraph);
      }
      var table = document.createTable(2, 3);
      List<String> cells = List.of("Part", "Colour", "Price", "X-100", "blue", "12.50");
      for (int i = 0; i < cells.size(); i++) {
        table.getRow(i / 3).getCell(i % 3).setText(cells.get(i));
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.write(bytes);
      return Sample.of("handbook.docx", bytes.toByteArray());
    }
  }

  static Sample xlsx(String sheet, List<List<String>> rows) throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook()) {
      return Sample.of("prices.xlsx", filled(workbook, sheet, rows));
    }
  }

  static Sample xls(String sheet, List<List<String>> rows) throws IOException {
    try (HSSFWorkbook workbook = new HSSFWorkbook()) {
      return Sample.of("prices.xls", filled(workbook, sheet, rows));
    }
  }

  private static byte[] filled(Workbook workbook, String name, List<List<String>> rows)
      throws IOException {
    Sheet sheet = workbook.createSheet(name);
    for (int r = 0; r < rows.size(); r++) {
      Row row = sheet.createRow(r);
      for (int c = 0; c < rows.get(r).size(); c++) {
        String value = rows.get(r).get(c);
        if (!value.isEmpty()) {
          row.createCell(c).setCellValue(value);
        }
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    workbook.write(bytes);
    return bytes.toByteArray();
  }

  static Sample pptx(List<List<String>> slides) throws IOException {
    try (XMLSlideShow show = new XMLSlideShow()) {
      return Sample.of("talk.pptx", filled(show, slides));
    }
  }

  static Sample ppt(List<List<String>> slides) throws IOException {
    try (HSLFSlideShow show = new HSLFSlideShow()) {
      return Sample.of("talk.ppt", filled(show, slides));
    }
  }

  private static byte[] filled(SlideShow<?, ?> show, List<List<String>> slides) throws IOException {
    for (List<String> lines : slides) {
      var slide = show.createSlide();
      int y = 20;
      for (String line : lines) {
        var box = slide.createTextBox();
        box.setText(line);
        box.setAnchor(new Rectangle(20, y, 600, 60));
        y += 80;
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    show.write(bytes);
    return bytes.toByteArray();
  }

  static Sample odt(String heading, String paragraph) throws IOException {
    String content =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <office:document-content
          xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
          xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
         <office:body><office:text>
          <text:h text:outline-level="1">%s</text:h><text:p>%s</text:p>
         </office:text></office:body>
        </office:document-content>
        """
            .formatted(heading, paragraph);
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("mimetype", "application/vnd.oasis.opendocument.text");
    entries.put("content.xml", content);
    return zip("letter.odt", entries);
  }

  static Sample epub(String chapter, String paragraph) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("mimetype", "application/epub+zip");
    entries.put(
        "META-INF/container.xml",
        """
        <?xml version="1.0"?>
        <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
        <rootfiles><rootfile full-path="book.opf"
         media-type="application/oebps-package+xml"/></rootfiles></container>
        """);
    entries.put(
        "book.opf",
        """
        <?xml version="1.0"?>
        <package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id">
        <metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Pump Book</dc:title>
        <dc:identifier id="id">1</dc:identifier></metadata>
        <manifest><item id="c1" href="c1.xhtml" media-type="application/xhtml+xml"/>
        <item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>
        <spine><itemref idref="c1"/></spine></package>
        """);
    entries.put(
        "c1.xhtml",
        """
        <html xmlns="http://www.w3.org/1999/xhtml"><head><title>c1</title></head>
        <body><h1>%s</h1><p>%s</p></body></html>
        """
            .formatted(chapter, paragraph));
    entries.put(
        "nav.xhtml",
        """
        <html xmlns="http://www.w3.org/1999/xhtml"><head><title>nav</title></head>
        <body><nav><ol><li>Table of contents</li></ol></nav></body></html>
        """);
    return zip("book.epub", entries);
  }

  static Sample zip(String name, Map<String, String> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        byte[] content = entry.getValue().getBytes(StandardCharsets.UTF_8);
        ZipEntry next = new ZipEntry(entry.getKey());
        if (entry.getKey().equals("mimetype")) {
          CRC32 crc = new CRC32();
          crc.update(content);
          next.setMethod(ZipEntry.STORED);
          next.setSize(content.length);
          next.setCrc(crc.getValue());
        }
        zip.putNextEntry(next);
        zip.write(content);
        zip.closeEntry();
      }
    }
    return Sample.of(name, bytes.toByteArray());
  }

  static Sample mail(String subject, String body, String attachmentName, String attachment) {
    String mail =
        """
        From: Li Wei <li.wei@example.com>
        To: team@example.com
        Date: Fri, 20 Nov 2026 09:00:00 +0000
        Subject: %s
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="border"

        --border
        Content-Type: text/plain; charset=utf-8

        %s
        --border
        Content-Type: text/plain; charset=utf-8; name="%s"
        Content-Disposition: attachment; filename="%s"

        %s
        --border--
        """
            .formatted(subject, body, attachmentName, attachmentName, attachment);
    return Sample.ofText("mail.eml", mail.replace("\n", "\r\n"));
  }
}
