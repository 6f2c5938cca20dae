package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Changes a folder at random and knows what must be answered from it. Every version of a file
 * begins with a word that no other has; every fifth has three paragraphs, each long enough for a
 * passage of its own, that begin with that word.
 */
final class FolderOracle {
  private static final String STAGING = ".zhiku-staging/";
  private static final int LONG_EVERY = 5;
  private static final int PARTS = 3;
  private static final int PART_CHARS = 1_000;
  private static final Pattern PART = Pattern.compile("Part 1 of (\\d+):");

  private final Path folder;
  private final Random random;
  private final Map<String, String> texts = new TreeMap<>();
  private final Set<String> moved = new HashSet<>();
  private final int mostFiles;
  private int versions;

  FolderOracle(Path folder, long seed) throws IOException {
    this(folder, seed, Integer.MAX_VALUE);
  }

  /**
   * @param mostFiles a change deletes a file when there are more
   */
  FolderOracle(Path folder, long seed, int mostFiles) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.random = new Random(seed);
    this.mostFiles = mostFiles;
  }

  /** Text by path, one line for each passage. */
  Map<String, String> texts() {
    return texts;
  }

  /** Texts that have had another path since this was asked last. */
  Set<String> movedSinceLastAsked() {
    Set<String> since = Set.copyOf(moved);
    moved.clear();
    return since;
  }

  /** What the file of a text holds. */
  static String content(String text) {
    return text.replace("\n", "\n\n");
  }

  /** The word that no other version has. */
  static String word(String passage) {
    return passage.substring(0, passage.indexOf(' '));
  }

  /** What is wrong with these passages of one document; empty if they are one whole version. */
  static Optional<String> violation(List<String> passages) {
    if (passages.isEmpty()) {
      return Optional.of("nothing of it is there");
    }
    long words = passages.stream().map(FolderOracle::word).distinct().count();
    Matcher parts = PART.matcher(passages.get(0));
    int expected = parts.find() ? Integer.parseInt(parts.group(1)) : 1;
    return words == 1 && passages.size() == expected
        ? Optional.empty()
        : Optional.of(words + " versions in " + passages.size() + " of " + expected + " passages");
  }

  /** One random change. */
  void change() throws IOException {
    int dice = random.nextInt(100);
    if (texts.size() > mostFiles) {
      delete(anyPath());
    } else if (texts.size() < 4 || dice < 40) {
      write(newPath());
    } else if (dice < 60) {
      write(anyPath());
    } else if (dice < 75) {
      delete(anyPath());
    } else if (dice < 88) {
      move(anyPath(), newPath());
    } else if (dice < 95) {
      exchange(anyPath(), anyPath());
    } else {
      moveFolder("d" + random.nextInt(3), "d" + random.nextInt(6));
    }
  }

  String newPath() {
    String name = "f" + random.nextInt(1_000_000) + ".txt";
    String path = random.nextBoolean() ? name : "d" + random.nextInt(3) + "/" + name;
    return Files.exists(folder.resolve(path)) ? newPath() : path;
  }

  String anyPath() {
    List<String> paths = new ArrayList<>(texts.keySet());
    return paths.get(random.nextInt(paths.size()));
  }

  void write(String path) throws IOException {
    String text = newText();
    if (versions % LONG_EVERY == 0) {
      text = longText(text);
    }
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content(text));
    texts.put(path, text);
  }

  /** A version that no file has yet. */
  String newText() {
    return "word" + Long.toString(random.nextLong() >>> 1, 36) + " is version " + versions++ + ".";
  }

  private static String longText(String first) {
    String word = word(first);
    Random others = new Random(word.hashCode());
    StringBuilder text = new StringBuilder();
    for (int part = 1; part <= PARTS; part++) {
      int end = text.length() + PART_CHARS;
      text.append(part == 1 ? "" : "\n").append(first).append(" Part ").append(part);
      text.append(" of ").append(PARTS).append(':');
      while (text.length() < end) {
        text.append(' ').append(Long.toString(others.nextLong() >>> 1, 36));
      }
    }
    return text.toString();
  }

  void delete(String path) throws IOException {
    Files.delete(folder.resolve(path));
    texts.remove(path);
  }

  /** The service was asked to delete the file; whether it did is not known yet. */
  String leaveToService(String path) {
    return texts.remove(path);
  }

  /**
   * The service is gone: which of its requests came about the folder shows. A file it was asked for
   * may have moved with its folder.
   *
   * @param requested texts of uploads and of files to delete
   * @param others paths that are no texts of this oracle
   */
  void settle(Collection<String> requested, Collection<String> others) throws IOException {
    Map<String, String> contents = new HashMap<>();
    requested.forEach(text -> contents.put(content(text), text));
    for (String path : filesThere()) {
      boolean known = texts.containsKey(path) || others.contains(path);
      if (!known && !path.startsWith(STAGING)) {
        String text = contents.get(Files.readString(folder.resolve(path)));
        assertThat(text).as("a request leaves a whole file or none: %s", path).isNotNull();
        texts.put(path, text);
      }
    }
  }

  /** Everything in the folder, uploads that were cut off included. */
  Set<String> filesThere() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  void move(String from, String to) throws IOException {
    Path target = folder.resolve(to);
    Files.createDirectories(target.getParent());
    Files.move(folder.resolve(from), target);
    String text = texts.remove(from);
    texts.put(to, text);
    moved.add(text);
  }

  private void exchange(String one, String other) throws IOException {
    if (!one.equals(other)) {
      move(one, "exchange.txt");
      move(other, one);
      move("exchange.txt", other);
    }
  }

  private void moveFolder(String from, String to) throws IOException {
    if (!Files.isDirectory(folder.resolve(from)) || Files.exists(folder.resolve(to))) {
      return;
    }
    Files.move(folder.resolve(from), folder.resolve(to));
    Map<String, String> after = new TreeMap<>();
    texts.forEach(
        (path, text) ->
            after.put(
                path.startsWith(from + "/") ? to + path.substring(from.length()) : path, text));
    after.keySet().stream()
        .filter(path -> path.startsWith(to + "/"))
        .map(after::get)
        .forEach(moved::add);
    texts.clear();
    texts.putAll(after);
  }
}
