package dev.zhiku.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Changes a folder at random and knows what must be answered from it. Every version of a file
 * begins with a word that no other has.
 */
final class FolderOracle {
  private final Path folder;
  private final Random random;
  private final Map<String, String> texts = new TreeMap<>();
  private int versions;

  FolderOracle(Path folder, long seed) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.random = new Random(seed);
  }

  /** Text by path. */
  Map<String, String> texts() {
    return texts;
  }

  /** One random change. */
  void change() throws IOException {
    int dice = random.nextInt(100);
    if (texts.size() < 4 || dice < 40) {
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
    return random.nextBoolean() ? name : "d" + random.nextInt(3) + "/" + name;
  }

  String anyPath() {
    List<String> paths = new ArrayList<>(texts.keySet());
    return paths.get(random.nextInt(paths.size()));
  }

  void write(String path) throws IOException {
    String text =
        "word" + Long.toString(random.nextLong() >>> 1, 36) + " is version " + versions++ + ".";
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    texts.put(path, text);
  }

  void delete(String path) throws IOException {
    Files.delete(folder.resolve(path));
    texts.remove(path);
  }

  void move(String from, String to) throws IOException {
    Path target = folder.resolve(to);
    Files.createDirectories(target.getParent());
    Files.move(folder.resolve(from), target);
    texts.put(to, texts.remove(from));
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
    Map<String, String> moved = new TreeMap<>();
    texts.forEach(
        (path, text) ->
            moved.put(
                path.startsWith(from + "/") ? to + path.substring(from.length()) : path, text));
    texts.clear();
    texts.putAll(moved);
  }
}
