package dev.zhiku.index.lucene;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last commit of each generation, to be copied while the index goes on: questions, changes and
 * commits are not kept waiting, only disk space is not freed. Not thread-safe; close it.
 */
public final class HeldIndex implements AutoCloseable {
  private final Path folder;
  private final int current;
  private final List<Part> parts = new ArrayList<>();

  /**
   * @param keptOpen lets go of the generation, which is not deleted before
   */
  private record Part(int generation, HeldCommit commit, Runnable keptOpen) {}

  HeldIndex(Path folder, int current) {
    this.folder = folder;
    this.current = current;
  }

  /** The index in a folder that nobody has open, and nobody may open meanwhile. */
  public static HeldIndex atRest(Path folder) {
    IndexGenerations generations = new IndexGenerations(folder, LuceneSettings.DEFAULT);
    HeldIndex held = new HeldIndex(folder, generations.current());
    for (int generation : generations.numbers()) {
      held.add(
          generation,
          HeldCommit.atRest(folder.resolve(IndexGenerations.name(generation))),
          () -> {});
    }
    return held;
  }

  void add(int generation, HeldCommit commit, Runnable keptOpen) {
    parts.add(new Part(generation, commit, keptOpen));
  }

  /** Epoch of the generation that answers. */
  public long epoch() {
    return parts.stream()
        .filter(part -> part.generation() == current)
        .mapToLong(part -> part.commit().epoch())
        .findFirst()
        .orElse(0);
  }

  /** Files by their names inside the folder of the index, with slashes. */
  public Map<String, Path> files() {
    Map<String, Path> files = new LinkedHashMap<>();
    for (Part part : parts) {
      String name = IndexGenerations.name(part.generation());
      for (String file : part.commit().files()) {
        files.put(name + "/" + file, folder.resolve(name).resolve(file));
      }
    }
    return files;
  }

  /** Name of the file beside the generations that says which of them answers. */
  public static String pointerName() {
    return IndexGenerations.POINTER;
  }

  /** Its content. */
  public byte[] pointer() {
    return (IndexGenerations.name(current) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    for (Part part : parts) {
      try {
        part.commit().close();
      } finally {
        part.keptOpen().run();
      }
    }
  }
}
