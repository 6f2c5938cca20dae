package dev.zhiku.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Systems that run out of watches and shares that go away, in a namespace of their own. */
class WatchesAndMountsIT {
  /** F20; the folder is scanned once an hour here, so that only the looks at it can be so quick. */
  private static final long NOTICED_MILLIS = 30_000;

  @TempDir private Path base;

  /** What the child printed. */
  private String child(String preparation, String mode) throws Exception {
    assumeTrue(canMakeNamespaces(), "no user namespaces here (unshare -Urm)");
    Files.createDirectories(base.resolve("knowledge"));
    Files.createDirectories(base.resolve("share"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path log = base.resolve("log.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                "unshare",
                "-Urm",
                "sh",
                "-c",
                preparation + " && exec \"$0\" -Xmx256m -XX:TieredStopAtLevel=1 \"$@\"",
                java,
                NamespaceChild.class.getName(),
                mode,
                base.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("BASE", base.toString());
    Process process = builder.start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();
    String said = Files.readString(log, StandardCharsets.UTF_8);
    System.out.println(said);
    assertThat(ended && process.exitValue() == 0).as(said).isTrue();
    return said;
  }

  private static boolean canMakeNamespaces() throws IOException, InterruptedException {
    try {
      Process probe =
          new ProcessBuilder(
                  "unshare", "-Urm", "sh", "-c", "test -w /proc/sys/user/max_inotify_watches")
              .start();
      return probe.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static long number(String said, String before) {
    return said.lines()
        .filter(line -> line.startsWith(before))
        .mapToLong(line -> Long.parseLong(line.substring(before.length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_system_with_too_few_watches_is_looked_through_often_and_says_so() throws Exception {
    String said = child("echo 5 > /proc/sys/user/max_inotify_watches", "watches");

    assertThat(number(said, "late file after ms")).isLessThan(NOTICED_MILLIS);
    assertThat(said).contains("fs.inotify.max_user_watches").contains("反复查看");
    assertThat(said).contains("held false");
  }

  @Test
  @Tag("soak")
  void a_system_without_any_watch_is_looked_through_often_and_says_so() throws Exception {
    String said = child("echo 0 > /proc/sys/user/max_inotify_instances", "watches");

    assertThat(number(said, "late file after ms")).isLessThan(NOTICED_MILLIS);
    assertThat(said).contains("fs.inotify.max_user_watches");
    assertThat(said).contains("held false");
  }

  @Test
  void a_share_that_is_unmounted_is_held_and_its_return_costs_no_reading() throws Exception {
    String said =
        child(
            "mount -t tmpfs none \"$BASE/share\" && mount --bind \"$BASE/share\" \"$BASE/knowledge\"",
            "mount");

    assertThat(number(said, "held after ms")).isLessThan(NOTICED_MILLIS);
    assertThat(number(said, "answered while away")).isEqualTo(30);
    assertThat(number(said, "answered afterwards")).isEqualTo(30);
    assertThat(number(said, "read again")).isZero();
  }
}
