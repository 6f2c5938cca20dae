package dev.zhiku.ingest.extract.older;

import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.reviewed.WordNotes;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.usermodel.Notes;
import org.apache.poi.hwpf.usermodel.Range;

/** Footnotes and endnotes of a Word document, to stand where they are referred to. */
final class DocNotes {
  private final HWPFDocument document;

  DocNotes(HWPFDocument document) {
    this.document = document;
  }

  /**
   * The note in brackets, in the language it is written in; empty if there is none.
   *
   * @param position of its mark in the text
   * @param words reads the note's paragraphs
   */
  String at(int position, DocWords words) {
    String footnote = at(document.getFootnotes(), document.getFootnoteRange(), position, words);
    return footnote.isEmpty()
        ? at(document.getEndnotes(), document.getEndnoteRange(), position, words)
        : footnote;
  }

  private String at(Notes notes, Range all, int position, DocWords words) {
    int note = notes.getNoteIndexByAnchorPosition(position);
    if (note < 0 || note >= notes.getNotesCount()) {
      return "";
    }
    int start = all.getStartOffset() + notes.getNoteTextStartOffset(note);
    int end = all.getStartOffset() + notes.getNoteTextEndOffset(note);
    Range range = new Range(start, Math.min(end, all.getEndOffset()), document);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < range.numParagraphs(); i++) {
      CleanText.join(text, words.of(range.getParagraph(i)).strip());
    }
    return WordNotes.inBrackets(CleanText.line(text.toString()));
  }
}
