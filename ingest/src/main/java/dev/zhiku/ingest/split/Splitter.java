package dev.zhiku.ingest.split;

import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.Note;
import dev.zhiku.ingest.extract.Extracted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a document into passages of about 400 Chinese or 1,200 English characters. Pages, slides,
 * sheets and inner files are never mixed; headings begin a new passage once there is enough before
 * them. Where nothing else decides, the words themselves do, so that an edit moves the borders only
 * nearby. Only a block too long for one passage is cut inside, between sentences, and its parts
 * overlap by about 50 or 150 characters. Immutable.
 */
public final class Splitter {
  /** Most passages of one document; what comes after has a note. */
  public static final int MAX_PASSAGES = 50_000;

  private static final int AIM = 1_200;
  private static final int LARGEST = 1_400;
  private static final int ENOUGH_BEFORE_HEADING = 400;
  private static final int LITTLE_BEFORE_HEADING = 150;
  private static final int ENOUGH_BEFORE_PARAGRAPH = 700;
  private static final int ONE_IN = 3;

  private final int maxPassages;

  public Splitter() {
    this(MAX_PASSAGES);
  }

  Splitter(int maxPassages) {
    this.maxPassages = maxPassages;
  }

  /** Changes whenever the same blocks give other passages; part of a document's fingerprint. */
  public String version() {
    return "split-1";
  }

  /**
   * The same blocks always give the same passages, in reading order, with ordinals from 0. All text
   * of the blocks is in them, up to the limit of passages.
   */
  public List<Cut> split(DocumentId document, Extracted.Content content) {
    Pieces pieces = Pieces.of(content.blocks(), LARGEST);
    PassageBuilder builder = new PassageBuilder(document, pieces.title());
    List<Piece> group = new ArrayList<>();
    int size = 0;
    for (Piece piece : pieces.list()) {
      if (!group.isEmpty() && cutsBefore(piece, group.getLast(), size)) {
        builder.add(group);
        group.clear();
        size = 0;
        if (builder.count() == maxPassages) {
          return builder.cuts();
        }
      }
      group.add(piece);
      size += piece.size();
    }
    if (!group.isEmpty()) {
      builder.add(group);
    }
    return builder.cuts();
  }

  /** Says so if the limit of passages cut the document short. */
  public Optional<Note> gap(Extracted.Content content, List<Cut> cuts) {
    if (cuts.size() < maxPassages) {
      return Optional.empty();
    }
    List<Piece> pieces = Pieces.of(content.blocks(), LARGEST).list();
    String last = pieces.getLast().text().strip();
    return cuts.getLast().passage().text().endsWith(last)
        ? Optional.empty()
        : Optional.of(
            new Note(
                "Only the first " + maxPassages + " passages of the file can be found.",
                "只能检索到文件的前 " + maxPassages + " 个段落。"));
  }

  private static boolean cutsBefore(Piece piece, Piece last, int size) {
    if (piece.standsApartFrom(last) || size + piece.size() > LARGEST) {
      return true;
    }
    if (last.heading()) {
      return false;
    }
    boolean chosen = Math.floorMod(piece.text().hashCode(), ONE_IN) == 0;
    if (piece.heading()) {
      return size >= ENOUGH_BEFORE_HEADING || (chosen && size >= LITTLE_BEFORE_HEADING);
    }
    return size >= AIM || (chosen && size >= ENOUGH_BEFORE_PARAGRAPH);
  }
}
