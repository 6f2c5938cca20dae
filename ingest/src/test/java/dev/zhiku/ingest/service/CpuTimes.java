package dev.zhiku.ingest.service;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU time of this process and of its parsers by what it went into, in seconds. What the system
 * counts for each thread is read, for Java does not tell of the compiler and the collector; where
 * the system does not, all of it stands under one name.
 */
record CpuTimes(Map<String, Double> seconds) {
  static final CpuTimes NONE = new CpuTimes(Map.of());
  static final String MODELS = "models";

  /** Lucene merges on threads that end with the merge. */
  private static final String ENDED = "merges and other ended threads";

  private static final String PARSERS = "parsers";

  private static final Path TASKS = Path.of("/proc/self/task");

  /** Hundredths of a second, as Linux counts on every platform that Java runs on. */
  private static final double TICKS = 100;

  /** Fields of a thread's {@code stat} behind its name. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;

  /**
   * @param parsers process ids
   */
  static CpuTimes now(List<Long> parsers) throws IOException {
    Map<String, Double> seconds = new TreeMap<>();
    if (Files.isDirectory(TASKS)) {
      try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
        for (Path task : tasks) {
          addThread(seconds, task);
        }
      }
    }
    double known = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    seconds.put(ENDED, used(ProcessHandle.current()) - known);
    for (long parser : parsers) {
      ProcessHandle.of(parser)
          .ifPresent(process -> seconds.merge(PARSERS, used(process), Double::sum));
    }
    return new CpuTimes(seconds);
  }

  private static void addThread(Map<String, Double> seconds, Path task) throws IOException {
    try {
      String stat = Files.readString(task.resolve("stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      double used = (Long.parseLong(fields.get(USER)) + Long.parseLong(fields.get(SYSTEM))) / TICKS;
      seconds.merge(group(Files.readString(task.resolve("comm")).strip()), used, Double::sum);
    } catch (IOException e) {
      if (Files.exists(task)) {
        throw e;
      }
      // The thread has ended meanwhile and counts among those.
    }
  }

  private static double used(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** The system cuts names after fifteen characters. */
  private static String group(String thread) {
    if (thread.startsWith("zhiku-embedding")) {
      return MODELS;
    }
    if (thread.startsWith("zhiku-index-wri")) {
      return "index writer";
    }
    if (thread.startsWith("zhiku-")) {
      return "rest of the ingest";
    }
    if (thread.startsWith("C1 ") || thread.startsWith("C2 ")) {
      return "compiler";
    }
    if (thread.startsWith("G1 ") || thread.startsWith("GC ") || thread.startsWith("VM ")) {
      return "collector";
    }
    return thread.startsWith("Lucene Merge") ? ENDED : "others";
  }

  CpuTimes minus(CpuTimes before) {
    Map<String, Double> used = new TreeMap<>(seconds);
    before.seconds.forEach((name, spent) -> used.merge(name, -spent, Double::sum));
    return new CpuTimes(used);
  }

  CpuTimes plus(CpuTimes other) {
    Map<String, Double> sum = new TreeMap<>(seconds);
    other.seconds.forEach((name, spent) -> sum.merge(name, spent, Double::sum));
    return new CpuTimes(sum);
  }

  double all() {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  double models() {
    return seconds.getOrDefault(MODELS, 0.0);
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    seconds.forEach((name, spent) -> parts.add("%s %.1f".formatted(name, spent)));
    return String.join(", ", parts);
  }
}
