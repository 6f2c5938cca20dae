package dev.zhiku.ingest.extract.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of many formats, damaged at random, through real parser children in a process that has no
 * network where the system allows that: it ends by itself, nothing hangs, nothing is left behind,
 * nothing is sent.
 */
@Tag("long")
class MutatedFilesIT {
  private static final Path SHARED = Path.of("../../shared/files").toAbsolutePath().normalize();
  private static final String UNSHARE = "/usr/bin/unshare";
  private static final String STRACE = "/usr/bin/strace";
  private static final Pattern PROGRAM = Pattern.compile("execve\\(\"(?:[^\"]*/)?([^\"/]+)\"");
  private static final long SEED = 20_261_120L;
  private static final long SEED_OF_MANY_FORMATS = 7;
  private static final int SHORT_RUN = 40;
  private static final int LONG_RUN = 2_000;
  private static final long MINUTES = 20;

  private final Path directory;

  MutatedFilesIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void forty_damaged_files_are_outcomes_and_nothing_else() throws Exception {
    survive(SHORT_RUN, Long.getLong("zhiku.test.seed", SEED));
  }

  /** A parser of some library may look for programs without being asked. */
  @Test
  void twenty_damaged_files_start_no_program_but_the_parser_and_its_wall() throws Exception {
    assumeTrue(Files.isDirectory(SHARED), "no collection of files at " + SHARED);
    assumeTrue(succeeds(STRACE, "-qq", "-o", "/dev/null", "true"), "no strace that may trace here");
    Path calls = directory.resolve("calls");
    List<String> traced =
        List.of(STRACE, "-f", "-qq", "-e", "trace=execve", "-o", calls.toString());
    run(traced, SEED_OF_MANY_FORMATS, 20);
    List<String> started =
        PROGRAM
            .matcher(Files.readString(calls))
            .results()
            .map(found -> found.group(1))
            .distinct()
            .toList();
    // The wall around a child, bwrap, is put up by whoever starts the child.
    assertThat(started).contains("java").isSubsetOf("java", "nice", "jspawnhelper", "bwrap");
  }

  @Test
  @Tag("soak")
  void two_thousand_damaged_files_are_outcomes_and_nothing_else() throws Exception {
    survive(LONG_RUN, Long.getLong("zhiku.test.seed", System.nanoTime()));
  }

  private void survive(int files, long seed) throws Exception {
    assumeTrue(Files.isDirectory(SHARED), "no collection of files at " + SHARED);
    System.out.println("seed " + seed + " (repeat with -Dzhiku.test.seed=" + seed + ")");
    boolean alone = canBeAlone();
    String told = run(alone ? List.of(UNSHARE, "-Urn") : List.of(), seed, files);
    System.out.println(told);
    assertThat(told)
        .contains("files " + files + " of ")
        .contains("left-in-temporary 0\n")
        .contains("hangs 0\n");
    assumeTrue(alone, "no namespace without network here: what is sent was not counted");
    assertThat(told).contains("packets 0\n");
  }

  private static boolean canBeAlone() throws IOException, InterruptedException {
    return succeeds(UNSHARE, "-Urn", "true");
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    if (!Files.isExecutable(Path.of(command[0]))) {
      return false;
    }
    Process probe = new ProcessBuilder(command).start();
    return probe.waitFor(1, TimeUnit.MINUTES) && probe.exitValue() == 0;
  }

  private String run(List<String> within, long seed, int files)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(within);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            MutatedRun.class.getName(),
            SHARED.toString(),
            Files.createDirectories(directory.resolve("work")).toString(),
            Long.toString(seed),
            Integer.toString(files)));
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(directory.resolve("errors").toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as("ended within %s min", MINUTES).isTrue();
    assertThat(process.exitValue()).as(() -> lastLines(directory.resolve("errors"))).isZero();
    return Files.readString(output);
  }

  private static String lastLines(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
