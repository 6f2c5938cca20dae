package dev.zhiku.ingest.extract;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.extract.Block.Heading;
import dev.zhiku.ingest.extract.Block.Paragraph;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Preformatted;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.Block.Row;
import dev.zhiku.ingest.outcome.IngestText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the blocks of one file and of the files inside it, cleans their text, drops what is blank
 * and stops at the limits. Not thread-safe.
 */
public final class BlockSink {
  private static final int MAX_NOTES = 20;
  private static final int MAX_CELLS = 1_000;

  private final ExtractLimits limits;
  private final InnerFiles innerFiles;
  private final Set<Phrase> notes = new LinkedHashSet<>();
  private List<Block> blocks = new ArrayList<>();
  private List<Block> inner = new ArrayList<>();
  private List<String> entry = List.of();
  private List<String> pageLabels = List.of();
  private int blockCount;
  private int characters;
  private int pages;
  private int unlistedNotes;
  private boolean full;
  private boolean unreadPictures;

  /** Reads the files inside a file. */
  public interface InnerFiles {
    /**
     * Counts one more inner file.
     *
     * @param depth 1 for a file inside the outermost one
     * @return false if that is one too many or too deep; the sink has a note then
     */
    boolean admits(String name, int depth, BlockSink sink);

    /**
     * @param depth 1 for a file inside the outermost one
     * @param sink takes the inner file's blocks as part of the whole
     */
    void read(String name, InputStream content, int depth, BlockSink sink) throws IOException;
  }

  /** Hands over the blocks of an inner file that its container has opened already. */
  @FunctionalInterface
  public interface InnerReading {
    void run() throws IOException;
  }

  /** Thrown out of a reader once a limit of text or blocks is reached; what was read is kept. */
  public static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Full() {
      super("a limit is reached", null, false, false);
    }
  }

  public BlockSink(ExtractLimits limits, InnerFiles innerFiles) {
    this.limits = limits;
    this.innerFiles = innerFiles;
  }

  public void heading(int level, String text, Place place) {
    String clean = CleanText.line(text);
    if (!clean.isBlank()) {
      add(new Heading(Math.clamp(level, 0, 6), clean, within(place)), clean.length());
    }
  }

  public void paragraph(String text, Place place) {
    paragraph(Role.TEXT, text, place);
  }

  /** A paragraph of which the format says what it is there for. */
  public void paragraph(Role role, String text, Place place) {
    String clean = CleanText.running(text);
    String fitting = fitting(clean);
    if (!fitting.isBlank()) {
      add(new Paragraph(fitting, within(place), role), fitting.length());
    }
    stopIfCut(clean, fitting);
  }

  public void preformatted(String text, Place place) {
    String clean = CleanText.preformatted(text);
    String fitting = fitting(clean);
    if (!fitting.isBlank()) {
      add(new Preformatted(fitting, within(place)), fitting.length());
    }
    stopIfCut(clean, fitting);
  }

  /** Cells beyond the thousandth are dropped with a note. */
  public void row(List<String> header, List<String> cells, Place place) {
    List<String> cleanCells = cells.stream().limit(MAX_CELLS).map(CleanText::line).toList();
    if (cells.size() > MAX_CELLS) {
      note(IngestText.of("columns.first-only", MAX_CELLS));
    }
    if (cleanCells.stream().allMatch(String::isBlank)) {
      return;
    }
    List<String> cleanHeader = header.stream().limit(MAX_CELLS).map(CleanText::line).toList();
    int length = cleanCells.stream().mapToInt(String::length).sum();
    add(new Row(cleanHeader, cleanCells, within(place)), length);
  }

  /** Puts blocks that were found last before all others of the file at hand: a mail's subject. */
  public void first(Runnable adding) {
    List<Block> later = blocks;
    blocks = new ArrayList<>();
    try {
      adding.run();
    } finally {
      blocks.addAll(later);
    }
  }

  /**
   * Reads a file inside the file at hand; its blocks follow those of the file at hand and carry its
   * name as their entry.
   */
  public void inner(String name, InputStream content) throws IOException {
    within(name, () -> innerFiles.read(name, content, depth(), this));
  }

  /** The same for an inner file that is no bytes of its own, such as a mail in a mail folder. */
  public void inner(String name, InnerReading reading) throws IOException {
    within(
        name,
        () -> {
          if (innerFiles.admits(name, depth(), this)) {
            reading.run();
          }
        });
  }

  private void within(String name, InnerReading reading) throws IOException {
    List<Block> outerBlocks = blocks;
    List<Block> outerInner = inner;
    List<String> outerEntry = entry;
    List<String> outerLabels = pageLabels;
    blocks = new ArrayList<>();
    inner = new ArrayList<>();
    pageLabels = List.of();
    entry = append(entry, name);
    try {
      reading.run();
    } finally {
      outerInner.addAll(blocks);
      outerInner.addAll(inner);
      blocks = outerBlocks;
      inner = outerInner;
      entry = outerEntry;
      pageLabels = outerLabels;
    }
  }

  /** Reads a part of the file at hand, such as a mail's body: it has no entry of its own. */
  public void part(String name, InputStream content) throws IOException {
    innerFiles.read(name, content, entry.size() + 1, this);
  }

  /** The depth of the file at hand: 0 for the outermost one, 1 for a file inside it. */
  int depth() {
    return entry.size();
  }

  /** Notes a gap; the same one only once, and few in all. */
  public void note(Phrase note) {
    if (notes.size() < MAX_NOTES) {
      notes.add(note);
    } else if (!notes.contains(note)) {
      unlistedNotes++;
    }
  }

  /** Says that there are pictures whose text nobody recognised. */
  public void unreadPictures() {
    unreadPictures = true;
  }

  /** Says how many pages or slides the outermost file has; inner files are not counted. */
  public void pages(int count) {
    if (entry.isEmpty()) {
      pages = count;
    }
  }

  /** Says what the pages of the file at hand are called, from the first on; before their text. */
  public void pageLabels(List<String> labels) {
    pageLabels = labels.stream().map(CleanText::line).toList();
  }

  /** Whether nothing came of the file at hand so far, its inner files included. */
  public boolean isEmpty() {
    return blocks.isEmpty() && inner.isEmpty();
  }

  /** Path of the file at hand inside the outermost one; empty for the outermost itself. */
  public Optional<String> entry() {
    return entry.isEmpty() ? Optional.empty() : Optional.of(String.join("/", entry));
  }

  /** Whether a limit of text or blocks was reached. */
  public boolean isFull() {
    return full;
  }

  /** Everything taken so far. */
  public Extracted.Content content(String mediaType) {
    List<Block> all = new ArrayList<>(blocks);
    all.addAll(inner);
    List<Phrase> listed = new ArrayList<>(notes);
    if (unlistedNotes > 0) {
      listed.add(IngestText.of("notes.more", unlistedNotes));
    }
    return new Extracted.Content(mediaType, all, pages, listed, unreadPictures);
  }

  private void add(Block block, int length) {
    if (blockCount >= limits.blocks()) {
      throw stop(IngestText.of("blocks.first-only", limits.blocks()));
    }
    if (characters + length > limits.textCharacters()) {
      throw stopAtCharacters();
    }
    blockCount++;
    characters += length;
    blocks.add(block);
  }

  private String fitting(String text) {
    int room = limits.textCharacters() - characters;
    if (text.length() <= room) {
      return text;
    }
    boolean splitsPair = room > 0 && Character.isHighSurrogate(text.charAt(room - 1));
    return text.substring(0, splitsPair ? room - 1 : room);
  }

  private void stopIfCut(String text, String fitting) {
    if (fitting.length() < text.length()) {
      throw stopAtCharacters();
    }
  }

  private Full stopAtCharacters() {
    return stop(IngestText.of("characters.first-only", limits.textCharacters()));
  }

  private Full stop(Phrase why) {
    full = true;
    note(why);
    return new Full();
  }

  private Place within(Place place) {
    boolean named = place.kind() == Kind.PAGE && place.start() <= pageLabels.size();
    Place labelled = named ? place.labelled(pageLabels.get(place.start() - 1)) : place;
    return entry.isEmpty() ? labelled : labelled.within(entry());
  }

  private static List<String> append(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(CleanText.line(name).replace('\\', '/'));
    return List.copyOf(longer);
  }
}
