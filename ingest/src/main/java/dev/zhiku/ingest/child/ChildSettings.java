package dev.zhiku.ingest.child;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One kind of child process and its limits.
 *
 * @param name for threads, directories and the log, such as {@code parser}
 * @param mainClass its main class, on this process's class path; calls {@link ChildLoop#serve} or
 *     {@link StreamingLoop#serve}
 * @param arguments of the main class
 * @param jvmOptions beyond those every child gets
 * @param niceness how far the operating system puts it behind other processes, 0 (not at all) to 19
 * @param children how many run at once, 1 to 64
 * @param heapBytes largest heap of each child
 * @param messageBytes longest request or answer
 * @param startTimeout until a new child says it is ready
 * @param jobsPerChild a child is replaced after so many requests
 * @param temporaryDirectory owned by the pool, emptied when it opens and closes; each child has a
 *     private directory in it that is emptied after each request
 * @param wall around each child, where the system has one
 */
public record ChildSettings(
    String name,
    String mainClass,
    List<String> arguments,
    List<String> jvmOptions,
    int niceness,
    int children,
    long heapBytes,
    int messageBytes,
    Duration startTimeout,
    int jobsPerChild,
    Path temporaryDirectory,
    Optional<ChildWall> wall) {
  private static final int MAX_CHILDREN = 64;
  private static final int MAX_NICENESS = 19;
  private static final long MIN_HEAP_BYTES = 16L << 20;

  public ChildSettings {
    arguments = List.copyOf(arguments);
    jvmOptions = List.copyOf(jvmOptions);
    temporaryDirectory = temporaryDirectory.toAbsolutePath();
    require(niceness >= 0 && niceness <= MAX_NICENESS, "niceness must be 0..19", niceness);
    require(children >= 1 && children <= MAX_CHILDREN, "children must be 1..64", children);
    require(heapBytes >= MIN_HEAP_BYTES, "heap must be 16 MB or more", heapBytes);
    require(messageBytes > 0, "messages must be allowed a byte or more", messageBytes);
    require(jobsPerChild > 0, "a child must do one job or more", jobsPerChild);
    require(startTimeout.isPositive(), "the time to start must be positive", startTimeout);
  }

  /** The same without a wall, for children that read nothing of strangers. */
  public ChildSettings(
      String name,
      String mainClass,
      List<String> arguments,
      List<String> jvmOptions,
      int niceness,
      int children,
      long heapBytes,
      int messageBytes,
      Duration startTimeout,
      int jobsPerChild,
      Path temporaryDirectory) {
    this(
        name,
        mainClass,
        arguments,
        jvmOptions,
        niceness,
        children,
        heapBytes,
        messageBytes,
        startTimeout,
        jobsPerChild,
        temporaryDirectory,
        Optional.empty());
  }

  /** The same behind a wall. */
  public ChildSettings behind(ChildWall around) {
    return new ChildSettings(
        name,
        mainClass,
        arguments,
        jvmOptions,
        niceness,
        children,
        heapBytes,
        messageBytes,
        startTimeout,
        jobsPerChild,
        temporaryDirectory,
        Optional.of(around));
  }

  private static void require(boolean rule, String text, Object value) {
    if (!rule) {
      throw new IllegalArgumentException("child process: " + text + ", got " + value);
    }
  }
}
