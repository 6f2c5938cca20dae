package dev.zhiku.index.lucene;

import dev.zhiku.index.IndexException;
import dev.zhiku.index.IndexException.IndexCorrupt;
import dev.zhiku.index.IndexException.WriteFailed;
import dev.zhiku.index.IndexVerifier.Verification;
import dev.zhiku.index.file.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generations of an index under one folder: {@code gen-000001/}, {@code gen-000002/} …, and the
 * file {@code CURRENT} with the name of the one that answers. A new embedder, splitter or analyzer
 * fills a new generation beside the old one; then {@code CURRENT} moves. For one thread.
 */
public final class IndexGenerations {
  private static final Logger LOG = LoggerFactory.getLogger(IndexGenerations.class);
  private static final Pattern NAME = Pattern.compile("gen-([0-9]{6})");
  static final String POINTER = "CURRENT";

  /** Numbers have six digits. */
  private static final int MAX_GENERATION = 999_999;

  private final Path folder;
  private final LuceneSettings settings;

  /**
   * @param folder made when first needed
   */
  public IndexGenerations(Path folder, LuceneSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /**
   * A generation and its index; whoever opened it closes the index.
   *
   * @param verified what was found when it was opened: documents of damaged parts are missing from
   *     it and have to be ingested again; empty if it is too large to be read whole then, so that
   *     damage may show later
   */
  public record Opened(
      int generation, LuceneKnowledgeIndex index, Optional<Verification> verified) {
    /** Folder of the damaged parts that were found. */
    public Optional<Path> damaged() {
      return verified.flatMap(Verification::aside);
    }
  }

  /**
   * Opens the generation that {@code CURRENT} names, the first one if there is none yet. Damaged
   * segments are taken out and kept aside; if not even the commit can be read the whole index is
   * moved aside and an empty one opened in its place. Only the last damage is kept.
   *
   * @throws IndexException.IndexLocked if another process has it open
   * @throws IndexException.IndexTooNew if a newer version wrote it
   * @throws WriteFailed if the folder cannot be read or written
   */
  public Opened openCurrent() {
    int generation = current();
    try {
      return open(generation);
    } catch (IndexCorrupt e) {
      Path aside = moveAside(generation);
      LOG.warn("{} It was moved to {} and is built anew.", e.getMessage(), aside);
      List<String> damage = List.of(String.valueOf(e.getMessage()));
      return new Opened(
          generation,
          open(generation).index(),
          Optional.of(new Verification(0, damage, Optional.of(aside))));
    }
  }

  /**
   * Opens the last generation after the current one, which a rebuild left that was not completed,
   * else an empty one; what is damaged of it is made anew.
   */
  public Opened openUnfinished() {
    int current = current();
    int last = changing("Listing index generations", () -> existing().last());
    if (last <= current) {
      return openNext();
    }
    try {
      return open(last);
    } catch (IndexCorrupt e) {
      LOG.warn("{} It was not in use yet and is begun anew.", e.getMessage());
      delete(last);
      return openNext();
    }
  }

  /** Opens an empty generation after all others, for {@link #promote} once it is complete. */
  public Opened openNext() {
    return changing(
        "A new index generation",
        () -> {
          int next = Math.max(current(), existing().last()) + 1;
          if (next > MAX_GENERATION) {
            throw new IOException("There are no generations after " + MAX_GENERATION + ".");
          }
          return open(next);
        });
  }

  /** From now on, after a crash too, {@link #openCurrent} opens this generation. */
  public void promote(int generation) {
    changing(
        "Moving " + POINTER,
        () -> {
          if (!Files.isDirectory(path(generation))) {
            throw new IOException("There is no " + path(generation) + ".");
          }
          writePointer(generation);
          return generation;
        });
  }

  /**
   * Deletes a generation, which must not be open.
   *
   * @throws IllegalArgumentException if it is the current one
   */
  public void delete(int generation) {
    if (generation == current()) {
      throw new IllegalArgumentException("generation " + generation + " is the current one");
    }
    changing(
        "Deleting an index generation",
        () -> {
          IOUtils.rm(path(generation));
          return generation;
        });
  }

  /** Deletes every generation but the current one; none of them may be open. */
  public List<Integer> deleteOthers() {
    int kept = current();
    return changing(
        "Deleting old index generations",
        () -> {
          List<Integer> others = existing().stream().filter(each -> each != kept).toList();
          for (int generation : others) {
            IOUtils.rm(path(generation));
          }
          return others;
        });
  }

  /** The number in {@code CURRENT}, written first if there is none. */
  public int current() {
    return changing(
        "Reading " + POINTER,
        () -> {
          Files.createDirectories(folder);
          Optional<Integer> named = readPointer();
          if (named.isPresent()) {
            return named.get();
          }
          // The lowest: a generation is deleted only after a later one was complete.
          NavigableSet<Integer> existing = existing();
          int generation = existing.isEmpty() ? 1 : existing.first();
          Files.createDirectories(path(generation));
          writePointer(generation);
          return generation;
        });
  }

  /** Of all generations that are there, in order. */
  List<Integer> numbers() {
    return changing("Listing index generations", () -> List.copyOf(existing()));
  }

  Path folder() {
    return folder;
  }

  /** Name of a generation and of its folder. */
  public static String name(int generation) {
    return String.format(Locale.ROOT, "gen-%06d", generation);
  }

  private Opened open(int generation) {
    LuceneKnowledgeIndex index = LuceneKnowledgeIndex.open(path(generation), settings);
    return new Opened(generation, index, index.verifiedWhenOpened());
  }

  private Path path(int generation) {
    return folder.resolve(name(generation));
  }

  private NavigableSet<Integer> existing() throws IOException {
    NavigableSet<Integer> numbers = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> number(file.getFileName().toString()))
          .flatMap(Optional::stream)
          .forEach(numbers::add);
    }
    return numbers;
  }

  private static Optional<Integer> number(String name) {
    Matcher form = NAME.matcher(name);
    return form.matches() ? Optional.of(Integer.valueOf(form.group(1))) : Optional.empty();
  }

  /** Empty also for a pointer that is damaged or names a generation that is gone. */
  private Optional<Integer> readPointer() throws IOException {
    Path pointer = folder.resolve(POINTER);
    if (!Files.exists(pointer) || Files.size(pointer) > 100) {
      return Optional.empty();
    }
    String name = new String(Files.readAllBytes(pointer), StandardCharsets.UTF_8);
    return number(name.strip()).filter(generation -> Files.isDirectory(path(generation)));
  }

  private void writePointer(int generation) throws IOException {
    DurableFile.write(folder.resolve(POINTER), path(generation).getFileName() + "\n");
  }

  private Path moveAside(int generation) {
    return changing("Moving a damaged index aside", () -> Quarantine.whole(path(generation)));
  }

  private interface Change<T> {
    T run() throws IOException;
  }

  private static <T> T changing(String what, Change<T> change) {
    try {
      return change.run();
    } catch (IOException e) {
      throw new WriteFailed(what, e);
    }
  }
}
