package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.notes;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.child.DrawnPage.Drawing;
import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDCheckBox;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;
import org.apache.pdfbox.pdmodel.interactive.form.PDListBox;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms, headings, text layers and locks of a PDF. */
class PdfContentsTest {
  private static final Readers READERS = new Readers();

  private final Path directory;

  PdfContentsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void fields_are_label_and_value_and_passwords_are_never_read() throws IOException {
    Extracted read =
        form(
            form -> {
              PDTextField name = new PDTextField(form);
              labelled(name, "Applicant", "Maeve Quillan");
              PDTextField secret = new PDTextField(form);
              secret.setPassword(true);
              labelled(secret, "PIN of the gate", "4711-zork");
              PDListBox days = new PDListBox(form);
              days.setMultiSelect(true);
              days.setPartialName("Days");
              days.setOptions(List.of("mo", "tu", "we"), List.of("Monday", "Tuesday", "Wednesday"));
              days.getCOSObject().setItem(COSName.V, COSName.getPDFName("x"));
              days.setValue(List.of("mo", "we"));
              return List.of(name, secret, days);
            });
    assertThat(text(read)).contains("Applicant: Maeve Quillan").contains("Days: Monday, Wednesday");
    assertThat(text(read)).doesNotContain("4711-zork");
    assertThat(notes(read)).contains("1 password field");
  }

  @Test
  void boxes_are_ticked_or_not() throws IOException {
    Extracted read = form(form -> List.of(box(form, "Urgent", true), box(form, "Abroad", false)));
    assertThat(text(read)).contains("☑ Urgent").contains("☐ Abroad");
  }

  @Test
  void a_signature_says_who_signed_and_when() throws IOException {
    Extracted read =
        form(
            form -> {
              PDSignatureField field = new PDSignatureField(form);
              field.setPartialName("Approval");
              PDSignature signature = new PDSignature();
              signature.setName("Ada Okafor");
              signature.setReason("I agree");
              Calendar day = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
              day.clear();
              day.set(2026, Calendar.MAY, 4);
              signature.setSignDate(day);
              field.getCOSObject().setItem(COSName.V, signature);
              return List.of(field);
            });
    assertThat(text(read)).contains("Approval: Ada Okafor, 2026-05-04, I agree");
    assertThat(text(read)).doesNotContain("apache").doesNotContain("PDSignature");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFFFD\uFFFD \uFFFD\uFFFD\uFFFD \uFFFD\uFFFD\uFFFD\uFFFD",
        "\uE012\uE044\uE01A \uE011\uE017 \uE023\uE045\uE088",
        "!\"#$%& '()*+ ,-./: ;<=>? @[\\]^ _`{|}~",
        "7KH UHQW RI WKH KDOO LV GXH RQ 0RQGD\\",
        "ÖÐ»ªÈËÃñ¹²ºÍ¹ú ·¿ÎÝ×âÁÞºÏÍ¬"
      })
  void a_garbled_layer_of_text_is_noticed_and_not_indexed(String garbled) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      lines.add(garbled + " " + garbled);
    }
    Extracted read =
        read(GarbledPdf.of(List.of(List.of("The first page can be read as it is set."), lines)));
    assertThat(text(read)).contains("The first page can be read").doesNotContain(garbled);
    assertThat(notes(read)).contains("garbled").contains(": 2.");
    assertThat(content(read).unreadPictures()).isTrue();
    Extracted alone = read(GarbledPdf.of(List.of(lines)));
    assertThat(alone).isInstanceOf(Extracted.Rejected.class);
    assertThat(((Extracted.Rejected) alone).reason().code())
        .isEqualTo(ReasonCode.OCR_NOT_INSTALLED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = (a + b) / 2; y[i] = {1, 2, 3}; if (x >= 0) { return -x * y; } // sign",
        "1.1 ........ 12   1.2 ........ 14   1.3 ........ 19   2 ........ 22   3 ...... 31",
        "34.50  12.10  -7.00  +4.2 %  (3,400)  12/05/2026  14:30  #17  €9.50  1/2  5 × 3",
        "ABN AMRO NV KPMG HSBC BMW GmbH XLR-8 CVPR2022 FY2022 KITE2027 VX-12 TH02 IPv6 HTTP",
        "Ça été déjà vérifié à l'hôtel où Zoë a mangé des crêpes très légères, l'été passé.",
        "企业所得税法实施条例第三十一条：合理的、必要的支出，准予扣除。（二〇二六年）",
        "Łódź, gęś, żółw; Größe, Übermaß, Füße; naïve façade; año, mañana, señor; smörgåsbord"
      })
  void code_numbers_names_and_other_languages_are_not_garbled(String line) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      lines.add(line);
    }
    assertThat(notes(read(GarbledPdf.of(List.of(lines))))).doesNotContain("garbled");
  }

  @Test
  void a_paragraph_set_large_or_bold_is_no_heading() throws IOException {
    String[] notice = {
      "The water of the whole building is turned off on Monday. All tenants fill",
      "what they need on the evening before. The pumps of the cellar are opened,",
      "and nobody uses the lift until the foreman has given it free again. Those",
      "who need help ask at the office."
    };
    Extracted read =
        read(
            DrawnPage.pdf(
                page -> {
                  page.bold(72, 750, 20, "Notice to all tenants");
                  for (int i = 0; i < notice.length; i++) {
                    page.bold(72, 700 - 18 * i, 13, notice[i]);
                  }
                  for (int i = 0; i < 20; i++) {
                    page.text(
                        72, 600 - 14 * i, "Small print of the house in line " + i + " of many.");
                  }
                }));
    assertThat(headings(read)).containsExactly("Notice to all tenants");
    assertThat(text(read)).contains("All tenants fill what they need on the evening before.");
  }

  @Test
  void letter_spaced_words_are_no_headings() throws IOException {
    Drawing page =
        drawn ->
            drawn
                .text(72, 700, 12, FontName.HELVETICA_BOLD, "A N N U A L   R E P O R T")
                .text(72, 660, "The year began with a repair of the northern quay.")
                .text(72, 646, "It ended with the sale of two tugs.");
    assertThat(headings(read(DrawnPage.pdf(page)))).isEmpty();
  }

  @Test
  void pages_are_read_though_the_attachments_are_locked() throws IOException {
    Extracted read = read(lockedAttachments());
    assertThat(text(read)).contains("The pages of this file are open.");
    assertThat(notes(read)).contains("attachment").contains("password");
  }

  /** A file whose key opens nothing but what is attached. */
  private static Sample lockedAttachments() {
    String key = "<00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff>";
    return RawPdf.of(
        List.of(
            "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.txt) 6 0 R]>>>>>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
                + "/Resources<</Font<</F1 5 0 R>>>>>>",
            RawPdf.stream("BT /F1 12 Tf 72 700 Td (The pages of this file are open.) Tj ET"),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            "<</Type/Filespec/F(a.txt)/EF<</F 7 0 R>>>>",
            RawPdf.stream("0123456789abcdef0123456789abcdef"),
            "<</Filter/Standard/V 4/R 4/Length 128/P -4/O"
                + key
                + "/U"
                + key
                + "/StmF/Identity/StrF/Identity/EFF/StdCF"
                + "/CF<</StdCF<</AuthEvent/EFOpen/CFM/AESV2/Length 16>>>>>>"),
        "/Encrypt 8 0 R/ID[<00112233><00112233>]");
  }

  private static List<String> headings(Extracted extracted) {
    return content(extracted).blocks().stream()
        .filter(Block.Heading.class::isInstance)
        .map(block -> ((Block.Heading) block).text())
        .toList();
  }

  /** Makes the fields of a form. */
  @FunctionalInterface
  private interface Fields {
    List<PDField> of(PDAcroForm form) throws IOException;
  }

  private static void labelled(PDTextField field, String label, String value) throws IOException {
    field.setPartialName(label.substring(0, 3));
    field.setAlternateFieldName(label);
    field.getCOSObject().setString(COSName.V, value);
  }

  private static PDField box(PDAcroForm form, String label, boolean ticked) throws IOException {
    PDCheckBox box = new PDCheckBox(form);
    box.setPartialName(label);
    box.getCOSObject().setName(COSName.V, ticked ? "Yes" : "Off");
    return box;
  }

  private Extracted form(Fields fields) throws IOException {
    try (PDDocument document =
        DrawnPage.document(page -> page.text(72, 700, "Form of the harbour office"))) {
      PDAcroForm form = new PDAcroForm(document);
      PDResources fonts = new PDResources();
      fonts.put(COSName.getPDFName("Helv"), new PDType1Font(FontName.HELVETICA));
      form.setDefaultResources(fonts);
      form.setDefaultAppearance("/Helv 10 Tf");
      document.getDocumentCatalog().setAcroForm(form);
      form.setFields(fields.of(form));
      return read(DrawnPage.saved(document));
    }
  }

  private Extracted read(Sample sample) throws IOException {
    Path file = Files.createTempFile(directory, "contents", ".pdf");
    Files.write(file, sample.bytes());
    return READERS.extractor(ExtractLimits.DEFAULT, directory).extract(file, "contents.pdf");
  }
}
