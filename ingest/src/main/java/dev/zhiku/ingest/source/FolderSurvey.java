package dev.zhiku.ingest.source;

import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What lies in a folder, by the rules of a source, before it becomes one. Looks at names and sizes
 * alone and changes nothing.
 *
 * @param formats by the ending of the name, in lower case; files without one are under ""
 * @param refused files that will not be read whatever is in them
 * @param ignored temporary and system files
 */
public record FolderSurvey(
    Map<String, Format> formats, Map<ReasonCode, Tally> refused, long ignored) {
  /** Paths kept of each format, at random, to try. */
  public static final int SAMPLES = 5;

  /** Endings longer than this are no format. */
  private static final int LONGEST_ENDING = 10;

  public FolderSurvey {
    formats = Map.copyOf(formats);
    refused = Map.copyOf(refused);
  }

  /** Files and their bytes. */
  public record Tally(long files, long bytes) {
    static final Tally NONE = new Tally(0, 0);

    Tally and(long more) {
      return new Tally(files + 1, bytes + more);
    }
  }

  /**
   * Files that would be read.
   *
   * @param samples paths of some of them inside the folder, at most {@link #SAMPLES}
   */
  public record Format(Tally tally, List<String> samples) {
    public Format {
      samples = List.copyOf(samples);
    }
  }

  /**
   * Looks through a folder.
   *
   * @param maxFileBytes larger files are refused
   * @param seed which samples are taken
   * @throws IOException if the folder cannot be listed
   */
  public static FolderSurvey of(Path folder, long maxFileBytes, long seed) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("There is no folder " + folder);
    }
    Listing listing = new Listing();
    new FolderScanner(
            new SourceRoot(folder), new FileRules(List.of(), List.of()), (path, directory) -> {})
        .scan("", listing);
    return new Count(maxFileBytes, new Random(seed)).over(listing);
  }

  /** Adds up a listing. */
  private static final class Count {
    private final long maxFileBytes;
    private final Random random;
    private final Map<String, Tally> tallies = new TreeMap<>();
    private final Map<String, List<String>> samples = new TreeMap<>();
    private final Map<ReasonCode, Tally> refused = new EnumMap<>(ReasonCode.class);

    Count(long maxFileBytes, Random random) {
      this.maxFileBytes = maxFileBytes;
      this.random = random;
    }

    FolderSurvey over(Listing listing) {
      // In the order of paths, so that the same seed takes the same samples.
      new TreeMap<>(listing.files()).forEach(this::file);
      Map<String, Format> formats = new TreeMap<>();
      tallies.forEach(
          (ending, tally) ->
              formats.put(ending, new Format(tally, samples.getOrDefault(ending, List.of()))));
      return new FolderSurvey(formats, refused, listing.ignored().size());
    }

    private void file(String path, Seen seen) {
      long bytes = seen.stamp().size();
      switch (seen) {
        case Seen.Refused no -> refuse(no.reason().code(), bytes);
        case Seen.Candidate yes -> {
          if (bytes == 0) {
            refuse(ReasonCode.EMPTY_FILE, bytes);
          } else if (bytes > maxFileBytes) {
            refuse(ReasonCode.FILE_TOO_LARGE, bytes);
          } else {
            take(ending(path), path, bytes);
          }
        }
      }
    }

    private void refuse(ReasonCode code, long bytes) {
      refused.put(code, refused.getOrDefault(code, Tally.NONE).and(bytes));
    }

    /** Keeps each file of a format as a sample with the same chance. */
    private void take(String ending, String path, long bytes) {
      Tally tally = tallies.getOrDefault(ending, Tally.NONE).and(bytes);
      tallies.put(ending, tally);
      List<String> kept = samples.computeIfAbsent(ending, none -> new ArrayList<>());
      if (kept.size() < SAMPLES) {
        kept.add(path);
      } else {
        int place = random.nextInt((int) Math.min(Integer.MAX_VALUE, tally.files()));
        if (place < SAMPLES) {
          kept.set(place, path);
        }
      }
    }

    private static String ending(String path) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      int dot = name.lastIndexOf('.');
      String ending = dot <= 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
      return ending.length() > LONGEST_ENDING ? "" : ending;
    }
  }
}
