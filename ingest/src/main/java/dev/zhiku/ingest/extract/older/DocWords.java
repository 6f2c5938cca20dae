package dev.zhiku.ingest.extract.older;

import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.LinkTarget;
import dev.zhiku.ingest.extract.Raised;
import dev.zhiku.ingest.extract.StruckText;
import dev.zhiku.ingest.extract.reviewed.SymbolFonts;
import dev.zhiku.ingest.outcome.IngestText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.usermodel.CharacterRun;
import org.apache.poi.hwpf.usermodel.Paragraph;

/**
 * The words of a Word document's paragraphs as they are shown: results of fields without their
 * codes, notes at their place, signs of symbol fonts, raised digits; struck-out words are marked,
 * hidden and deleted ones left out and counted. Knows of fields that are open, so paragraphs must
 * come in order.
 */
final class DocWords {
  private static final char FORM_FIELD = 1;
  private static final String FORM = "FORM";
  private static final char NOTE = 2;
  private static final char FIELD_BEGINS = 0x13;
  private static final char FIELD_SEPARATES = 0x14;
  private static final char FIELD_ENDS = 0x15;
  private static final char LINE_BREAK = 0x0B;
  private static final char FIXED_HYPHEN = 0x1E;
  private static final char SYMBOLS_BEGIN = '\uF000';
  private static final char SYMBOLS_END = '\uF0FF';
  private static final short SUPERSCRIPT = 1;
  private static final Pattern LINK =
      Pattern.compile("(?is)\\s*HYPERLINK\\s+(?:\\\\[a-z]\\s+)*\"?(?<target>[^\"\\s]+).*");

  private final HWPFDocument document;
  private final DocNotes notes;
  private final Deque<Field> fields = new ArrayDeque<>();
  private StringBuilder text = new StringBuilder();
  private int struckFrom = -1;
  private int hidden;
  private int deleted;
  private int struck;

  private static final class Field {
    private final StringBuilder code = new StringBuilder();
    private boolean shows;
    private int start;
  }

  private enum Left {
    NOTHING,
    HIDDEN,
    DELETED
  }

  DocWords(HWPFDocument document) {
    this.document = document;
    this.notes = new DocNotes(document);
  }

  String of(Paragraph paragraph) {
    StringBuilder outer = text;
    int outerStruck = struckFrom;
    text = new StringBuilder();
    struckFrom = -1;
    Left before = Left.NOTHING;
    fields.forEach(field -> field.start = 0);
    for (int i = 0; i < paragraph.numCharacterRuns(); i++) {
      CharacterRun run = paragraph.getCharacterRun(i);
      Left now = left(run, paragraph);
      count(now, before);
      before = now;
      if (now == Left.NOTHING) {
        add(run, paragraph);
      } else {
        skip(run);
      }
    }
    endStruck();
    String shown = text.toString();
    text = outer;
    struckFrom = outerStruck;
    return shown;
  }

  /** Counts deletions of more than words. */
  void addDeleted(int parts) {
    deleted += parts;
  }

  void note(BlockSink sink) {
    note(sink, hidden, "parts.hidden");
    note(sink, deleted, "parts.deleted");
    StruckText.note(struck, sink);
  }

  private static void note(BlockSink sink, int count, String key) {
    if (count > 0) {
      sink.note(IngestText.of(key, count));
    }
  }

  private Left left(CharacterRun run, Paragraph paragraph) {
    boolean blank = inside(run, paragraph).chars().allMatch(c -> c <= ' ');
    if (run.isMarkedDeleted()) {
      return blank ? Left.NOTHING : Left.DELETED;
    }
    return run.isVanished() && !blank ? Left.HIDDEN : Left.NOTHING;
  }

  private void count(Left now, Left before) {
    if (now != before && isShown()) {
      hidden += now == Left.HIDDEN ? 1 : 0;
      deleted += now == Left.DELETED ? 1 : 0;
    }
  }

  /** A run may reach over the ends of the paragraph. */
  private static String inside(CharacterRun run, Paragraph paragraph) {
    String all = run.text();
    int from = Math.clamp(paragraph.getStartOffset() - run.getStartOffset(), 0, all.length());
    int to = Math.clamp(paragraph.getEndOffset() - run.getStartOffset(), from, all.length());
    return all.substring(from, to);
  }

  private boolean isShown() {
    return fields.stream().allMatch(field -> field.shows);
  }

  /** Fields begin and end in hidden words too. */
  private void skip(CharacterRun run) {
    for (char c : run.text().toCharArray()) {
      if (c == FIELD_BEGINS || c == FIELD_SEPARATES || c == FIELD_ENDS) {
        field(c);
      }
    }
  }

  private void add(CharacterRun run, Paragraph paragraph) {
    boolean isStruck = run.isStrikeThrough() || run.isDoubleStrikeThrough();
    if (!isStruck) {
      endStruck();
    } else if (struckFrom < 0 && isShown()) {
      struckFrom = text.length();
    }
    if (run.isSymbol()) {
      String code = Integer.toHexString(run.getSymbolCharacter());
      show(SymbolFonts.character(run.getSymbolFont().getMainFontName(), code));
      return;
    }
    String words = inside(run, paragraph);
    if (run.getSubSuperScriptIndex() == SUPERSCRIPT && words.indexOf(NOTE) < 0) {
      words = Raised.number(words);
    }
    int first = Math.max(run.getStartOffset(), paragraph.getStartOffset());
    for (int i = 0; i < words.length(); i++) {
      add(words.charAt(i), first + i, run);
    }
  }

  private void add(char c, int position, CharacterRun run) {
    switch (c) {
      case FIELD_BEGINS, FIELD_SEPARATES, FIELD_ENDS -> field(c);
      case FORM_FIELD -> {
        Field field = fields.peek();
        if (field != null && run.isData() && field.code.indexOf(FORM) >= 0) {
          field.code.setLength(0);
          String shown = DocFormField.shown(document.getDataStream(), run.getPicOffset());
          field.code.append(FORM_FIELD).append(shown);
        }
      }
      case NOTE -> show(notes.at(position, this));
      case LINE_BREAK -> show("\n");
      case FIXED_HYPHEN -> show("-");
      case '\t' -> show("\t");
      default -> {
        if (c >= SYMBOLS_BEGIN && c <= SYMBOLS_END) {
          show(SymbolFonts.character(run.getFontName(), Integer.toHexString(c)));
        } else if (c >= ' ') {
          show(String.valueOf(c));
        }
      }
    }
  }

  private void show(String words) {
    if (isShown()) {
      text.append(words);
    } else {
      fields.stream().filter(f -> !f.shows).findFirst().ifPresent(f -> f.code.append(words));
    }
  }

  private void field(char mark) {
    Field field = fields.peek();
    if (mark == FIELD_BEGINS) {
      fields.push(new Field());
    } else if (field != null && mark == FIELD_SEPARATES) {
      field.shows = true;
      field.start = text.length();
    } else if (field != null) {
      fields.pop();
      end(field);
    }
  }

  private void end(Field field) {
    String code = field.code.toString();
    if (!isShown()) {
      return;
    }
    Matcher link = LINK.matcher(code);
    if (code.indexOf(FORM_FIELD) == 0) {
      text.append(code, 1, code.length());
    } else if (link.matches() && field.shows) {
      int start = Math.min(field.start, text.length());
      text.append(LinkTarget.shown(text.substring(start).strip(), link.group("target")));
    }
  }

  private void endStruck() {
    if (struckFrom < 0) {
      return;
    }
    String words = text.substring(Math.min(struckFrom, text.length()));
    if (!words.isBlank()) {
      String shown = words.strip();
      String blanksBefore = words.substring(0, words.length() - words.stripLeading().length());
      String blanksAfter = words.substring(words.stripTrailing().length());
      text.setLength(struckFrom);
      text.append(blanksBefore).append(StruckText.before(shown)).append(shown);
      text.append(StruckText.after(shown)).append(blanksAfter);
      struck++;
    }
    struckFrom = -1;
  }
}
