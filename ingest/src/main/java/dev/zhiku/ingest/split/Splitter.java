package dev.zhiku.ingest.split;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.outcome.IngestText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a document into passages of about 400 Chinese or 1,200 English characters. Pages, slides,
 * sheets and inner files are never mixed, but that a heading is no passage by itself where text
 * follows; headings begin a new passage once there is enough before them. Where nothing else
 * decides, the words themselves do, so that an edit moves the borders only nearby. Only a block too
 * long for one passage is cut inside, between sentences, and its parts overlap by about 50 or 150
 * characters. Immutable.
 */
public final class Splitter {
  /** Most passages of one document; what comes after has a note. */
  public static final int MAX_PASSAGES = 50_000;

  private static final int LARGEST = 1_400;
  private static final int ENOUGH_BEFORE_PARAGRAPH = 600;
  private static final int ENOUGH_BEFORE_HEADING = 400;
  private static final int LITTLE_BEFORE_HEADING = 150;
  private static final int ONE_IN = 3;
  private static final int SPREAD = 0x9E3779B1;

  private final int maxPassages;

  public Splitter() {
    this(MAX_PASSAGES);
  }

  Splitter(int maxPassages) {
    this.maxPassages = maxPassages;
  }

  /** Changes whenever the same blocks give other passages; part of a document's fingerprint. */
  public String version() {
    return "split-4";
  }

  /**
   * The same blocks always give the same passages, in reading order, with ordinals from 0. All text
   * of the blocks is in them, up to the limit of passages.
   */
  public List<Chunk> split(DocumentId document, Extracted.Content content) {
    SplitUnits units = SplitUnits.of(content.blocks(), LARGEST);
    PassageBuilder builder = new PassageBuilder(document, units.title());
    List<SplitUnit> group = new ArrayList<>();
    for (SplitUnit unit : units.list()) {
      if (!group.isEmpty() && standsApart(unit, group)) {
        addWithoutLead(group, unit, builder);
      }
      while (isFull(group, unit)) {
        List<SplitUnit> passage = group.subList(0, bestBorder(group, unit));
        builder.add(passage);
        passage.clear();
      }
      if (builder.count() >= maxPassages) {
        return builder.chunks().subList(0, maxPassages);
      }
      group.add(unit);
    }
    if (!group.isEmpty()) {
      builder.add(group);
    }
    return builder.chunks();
  }

  /** Says so if the limit of passages cut the document short. */
  public Optional<Phrase> gap(Extracted.Content content, List<Chunk> chunks) {
    if (chunks.size() < maxPassages) {
      return Optional.empty();
    }
    List<SplitUnit> units = SplitUnits.of(content.blocks(), LARGEST).list();
    String last = units.getLast().text().strip();
    return chunks.getLast().passage().text().endsWith(last)
        ? Optional.empty()
        : Optional.of(IngestText.of("passages.first-only", maxPassages));
  }

  /** Headings take what follows them, even if that alone fills a passage. */
  private static boolean isFull(List<SplitUnit> group, SplitUnit unit) {
    int size = sizeOf(group);
    boolean waits = size <= ENOUGH_BEFORE_HEADING && group.stream().allMatch(SplitUnit::heading);
    return !group.isEmpty() && !waits && size + unit.size() > LARGEST;
  }

  /** Ends a passage; the headings at its end stay for the unit that they stand before. */
  private static void addWithoutLead(
      List<SplitUnit> group, SplitUnit unit, PassageBuilder builder) {
    int end = group.size();
    boolean first = builder.count() == 0 && group.stream().allMatch(SplitUnit::heading);
    while (end > 0 && group.get(end - 1).leadsTo(unit, first)) {
      end--;
    }
    List<SplitUnit> passage = group.subList(0, end);
    if (end > 0) {
      builder.add(passage);
      passage.clear();
    }
  }

  /** Another page, slide, sheet or file; or a heading with enough before it. */
  private static boolean standsApart(SplitUnit unit, List<SplitUnit> group) {
    if (unit.standsApartFrom(group.getLast())) {
      return true;
    }
    if (!unit.heading() || group.getLast().heading()) {
      return false;
    }
    int size = sizeOf(group);
    boolean chosen = Math.floorMod(rank(unit), ONE_IN) == 0;
    return size >= ENOUGH_BEFORE_HEADING || (chosen && size >= LITTLE_BEFORE_HEADING);
  }

  /**
   * How many units the next passage takes when all of them and the next one are too many. Among the
   * borders that leave enough before them, the words after each decide: wherever a passage began,
   * it is likely to end at the same border, and so an edit stops to matter soon after it. A border
   * that leaves items, answers or code without what introduces them is the last choice.
   */
  private static int bestBorder(List<SplitUnit> group, SplitUnit next) {
    int best = 0;
    long bestRank = Long.MAX_VALUE;
    int size = 0;
    for (int i = 1; i <= group.size(); i++) {
      size += group.get(i - 1).size();
      SplitUnit after = i < group.size() ? group.get(i) : next;
      int enough = after.isIntroduced() ? ENOUGH_BEFORE_PARAGRAPH : enoughBefore(after, next);
      long rank = (after.isIntroduced() ? 1L << Integer.SIZE : 0) + rank(after);
      SplitUnit before = group.get(i - 1);
      boolean opens = before.opens() || before.names(after);
      if (size >= enough && !opens && rank < bestRank) {
        best = i;
        bestRank = rank;
      }
    }
    return best > 0 ? best : lastThatOpensNothing(group);
  }

  /** Little will do before what would be cut otherwise. */
  private static int enoughBefore(SplitUnit after, SplitUnit next) {
    boolean cut = next.lead().filter(after.text().strip()::startsWith).isPresent();
    return cut ? LITTLE_BEFORE_HEADING : ENOUGH_BEFORE_PARAGRAPH;
  }

  private static int lastThatOpensNothing(List<SplitUnit> group) {
    for (int i = group.size(); i > 0; i--) {
      if (!group.get(i - 1).opens()) {
        return i;
      }
    }
    return group.size();
  }

  /** A number from 0 that depends on nothing but the words. */
  private static int rank(SplitUnit unit) {
    int hash = unit.text().hashCode() * SPREAD;
    return (hash ^ (hash >>> 15)) & Integer.MAX_VALUE;
  }

  private static int sizeOf(List<SplitUnit> group) {
    int size = 0;
    for (SplitUnit unit : group) {
      size += unit.size();
    }
    return size;
  }
}
