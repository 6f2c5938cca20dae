package dev.zhiku.ingest.extract.ocr;

import dev.zhiku.ingest.extract.CleanText;
import java.util.ArrayList;
import java.util.List;

/**
 * Paragraphs of the table that Tesseract prints: a line for each page, block, paragraph, line and
 * word, words with how sure it is of them. What it is not sure of is a picture, not text.
 */
final class RecognizedText {
  private static final int COLUMNS = 12;
  private static final int BLOCK = 2;
  private static final int PARAGRAPH = 3;
  private static final int CONFIDENCE = 10;
  private static final int WORD = 11;
  private static final String WORD_LEVEL = "5";
  private static final double SURE_ENOUGH = 50;
  private static final int FEWEST_LETTERS = 2;

  private final List<Paragraph> paragraphs = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private String place = "";
  private double confidence;
  private int letters;
  private double keptConfidence;
  private int keptLetters;

  private RecognizedText() {}

  /**
   * A paragraph.
   *
   * @param percent how sure Tesseract is of its characters
   */
  record Paragraph(String text, int percent) {}

  static RecognizedText of(String table) {
    RecognizedText recognized = new RecognizedText();
    table.lines().map(line -> line.split("\t", -1)).forEach(recognized::add);
    recognized.endParagraph();
    return recognized;
  }

  List<Paragraph> paragraphs() {
    return List.copyOf(paragraphs);
  }

  /** How sure it is of the letters of these paragraphs, in percent; 0 without any. */
  double confidence() {
    return keptLetters == 0 ? 0 : keptConfidence / keptLetters;
  }

  private void add(String[] line) {
    if (line.length < COLUMNS || !line[0].equals(WORD_LEVEL) || line[WORD].isBlank()) {
      return;
    }
    String at = line[BLOCK] + "." + line[PARAGRAPH];
    if (!at.equals(place)) {
      endParagraph();
      place = at;
    }
    String word = line[WORD].strip();
    CleanText.join(text, word);
    letters += word.length();
    confidence += Double.parseDouble(line[CONFIDENCE]) * word.length();
  }

  private void endParagraph() {
    long told = text.codePoints().filter(Character::isLetterOrDigit).count();
    if (told >= FEWEST_LETTERS && confidence >= SURE_ENOUGH * letters) {
      paragraphs.add(new Paragraph(text.toString(), (int) Math.round(confidence / letters)));
      keptConfidence += confidence;
      keptLetters += letters;
    }
    text.setLength(0);
    confidence = 0;
    letters = 0;
  }
}
