package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.outcome.IngestText;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDCheckBox;
import org.apache.pdfbox.pdmodel.interactive.form.PDChoice;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;
import org.apache.pdfbox.pdmodel.interactive.form.PDPushButton;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;

/** Filled-in fields of a form as label and value, boxes ticked or not, names of who signed. */
final class PdfFields {
  private static final String OFF = "Off";

  private final BlockSink sink;
  private int passwords;

  private PdfFields(BlockSink sink) {
    this.sink = sink;
  }

  static void read(PDDocument document, BlockSink sink) {
    PDAcroForm form = document.getDocumentCatalog().getAcroForm();
    if (form == null) {
      return;
    }
    PdfFields fields = new PdfFields(sink);
    for (PDField field : form.getFieldTree()) {
      fields.read(field);
    }
    fields.notePasswords();
  }

  private void read(PDField field) {
    String label = label(field);
    switch (field) {
      case PDTextField text when text.isPassword() -> passwords += isFilled(text) ? 1 : 0;
      case PDCheckBox box -> box(label, !box.getValue().equals(OFF) && !box.getValue().isEmpty());
      case PDChoice choice -> add(label, String.join(", ", chosen(choice)));
      case PDSignatureField signed -> add(label, signature(signed.getSignature()));
      case PDPushButton button -> {}
      default -> {
        String value = field.getValueAsString();
        add(label, value == null || value.equals(OFF) ? "" : value);
      }
    }
  }

  private static boolean isFilled(PDTextField field) {
    return field.getValue() != null && !field.getValue().isEmpty();
  }

  private static String label(PDField field) {
    String shown = field.getAlternateFieldName();
    String name = shown == null || shown.isBlank() ? field.getPartialName() : shown;
    return name == null ? "" : name;
  }

  private void box(String label, boolean ticked) {
    if (!label.isBlank()) {
      sink.paragraph((ticked ? "☑ " : "☐ ") + label, Place.WHOLE);
    }
  }

  private void add(String label, String value) {
    if (!value.isBlank()) {
      sink.paragraph(label.isBlank() ? value : label + ": " + value, Place.WHOLE);
    }
  }

  /** Words that the list shows, not those that it sends. */
  private static List<String> chosen(PDChoice choice) {
    List<String> sent = choice.getOptionsExportValues();
    List<String> shown = choice.getOptionsDisplayValues();
    List<String> chosen = new ArrayList<>();
    for (String value : choice.getValue()) {
      int option = sent.indexOf(value);
      chosen.add(option >= 0 && option < shown.size() ? shown.get(option) : value);
    }
    return chosen;
  }

  private static String signature(PDSignature signature) {
    if (signature == null) {
      return "";
    }
    Calendar signed = signature.getSignDate();
    String day = signed == null ? null : day(signed).toString();
    return Stream.of(signature.getName(), day, signature.getReason(), signature.getLocation())
        .filter(part -> part != null && !part.isBlank())
        .collect(Collectors.joining(", "));
  }

  /** The day where it was signed. */
  private static LocalDate day(Calendar signed) {
    ZoneId zone = signed.getTimeZone().toZoneId();
    return signed.toInstant().atZone(zone).toLocalDate();
  }

  private void notePasswords() {
    if (passwords > 0) {
      sink.note(IngestText.of("fields.passwords", passwords));
    }
  }
}
