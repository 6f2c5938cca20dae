package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script {@code zhiku} with a Java that only writes down that it was run: what it starts again.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(300)
class LauncherIT {
  @TempDir private Path home;
  private Path runs;

  @BeforeEach
  void install() throws IOException {
    Files.copy(ServiceProcess.repository().resolve("zhiku"), home.resolve("zhiku"));
    Files.createDirectories(home.resolve("api/app/target/lib"));
    Files.createFile(home.resolve("api/app/target/zhiku.jar"));
    runs = home.resolve("runs");
    Files.createFile(runs);
  }

  /** A Java whose first run ends with the first code, and so on; the last code stays. */
  private void javaEnds(int... codes) throws IOException {
    String cases =
        String.join(
            "\n",
            IntStream.range(0, codes.length)
                .mapToObj(i -> (i == codes.length - 1 ? "*" : i + 1) + ") exit " + codes[i] + ";;")
                .toList());
    java("case $(wc -l <" + runs + " | tr -d ' ') in\n" + cases + "\nesac\n");
  }

  private void java(String script) throws IOException {
    Path java = home.resolve("java");
    Files.createDirectories(java.resolve("bin"));
    Files.writeString(java.resolve("release"), "JAVA_VERSION=\"21.0.1\"\n");
    Path program = java.resolve("bin/java");
    Files.writeString(program, "#!/bin/sh\necho \"$@\" >>" + runs + "\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process launch(String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", home.resolve("zhiku").toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile());
    builder.command().addAll(List.of(arguments));
    builder
        .environment()
        .keySet()
        .removeAll(Set.of("ZHIKU_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().put("JAVA_HOME", home.resolve("java").toString());
    return builder.start();
  }

  private int run(String... arguments) throws Exception {
    return launch(arguments).waitFor();
  }

  private long timesRun() throws IOException {
    return Files.readAllLines(runs).size();
  }

  @Test
  void out_of_memory_and_crashes_are_followed_by_another_start() throws Exception {
    javaEnds(3, 134, 139, 0);

    assertThat(run("serve", "--port", "8651")).isZero();
    assertThat(timesRun()).isEqualTo(4);
    assertThat(Files.readAllLines(runs)).allMatch(line -> line.endsWith("serve --port 8651"));
    assertThat(Files.readString(home.resolve("log")))
        .contains("ended unexpectedly (code 3)", "(3 of 5)");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 130, 137, 143})
  void an_end_that_somebody_wanted_or_that_no_start_mends_is_the_end(int code) throws Exception {
    javaEnds(code);

    assertThat(run("serve")).isEqualTo(code);
    assertThat(timesRun()).isOne();
  }

  @Test
  void what_fails_again_and_again_is_given_up() throws Exception {
    javaEnds(3);

    assertThat(run("serve")).isEqualTo(3);
    assertThat(timesRun()).isEqualTo(6);
    assertThat(Files.readString(home.resolve("log"))).contains("not started again");
  }

  @Test
  void other_commands_are_run_once() throws Exception {
    javaEnds(3);

    assertThat(run("status")).isEqualTo(3);
    assertThat(timesRun()).isOne();
  }

  @Test
  void the_classes_of_the_service_are_kept_beside_the_jar_for_the_next_start() throws Exception {
    javaEnds(0);
    Path classes = home.resolve("api/app/target/zhiku.jsa");

    run("serve");
    run("status");

    assertThat(Files.readAllLines(runs).getFirst())
        .contains("-XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=" + classes);
    assertThat(Files.readAllLines(runs).getLast()).doesNotContain("SharedArchiveFile");
  }

  @Test
  void with_options_of_ones_own_no_classes_are_kept_for_java_may_not_start_with_both()
      throws Exception {
    javaEnds(0);
    ProcessBuilder builder =
        new ProcessBuilder("sh", home.resolve("zhiku").toString(), "serve")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile());
    builder.environment().put("JAVA_HOME", home.resolve("java").toString());
    builder.environment().put("ZHIKU_JAVA_OPTS", "-javaagent:monitor.jar");

    assertThat(builder.start().waitFor()).isZero();

    assertThat(Files.readAllLines(runs).getFirst())
        .contains("-javaagent:monitor.jar")
        .doesNotContain("SharedArchiveFile");
  }

  @Test
  void classes_that_are_older_than_the_jar_are_removed_and_newer_ones_stay() throws Exception {
    javaEnds(0);
    Path jar = home.resolve("api/app/target/zhiku.jar");
    Path classes = Files.writeString(home.resolve("api/app/target/zhiku.jsa"), "classes");
    FileTime built = Files.getLastModifiedTime(jar);

    Files.setLastModifiedTime(classes, FileTime.from(built.toInstant().plusSeconds(60)));
    run("serve");
    assertThat(classes).exists();

    Files.setLastModifiedTime(classes, FileTime.from(built.toInstant().minusSeconds(60)));
    run("serve");
    assertThat(classes).doesNotExist();
  }

  @Test
  void who_stops_the_script_stops_the_service_and_hears_how_it_ended() throws Exception {
    java("trap 'exit 0' TERM\nwhile :; do sleep 0.1; done\n");
    Process launcher = launch("serve");
    while (timesRun() == 0) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    TimeUnit.MILLISECONDS.sleep(500); // The trap of the program is set a moment after its line.

    launcher.destroy();

    assertThat(launcher.waitFor()).isZero();
    assertThat(timesRun()).isOne();
  }

  @Test
  void an_unpacked_archive_runs_its_own_java_from_any_folder_and_builds_nothing() throws Exception {
    Path archive = Files.createDirectories(home.resolve("知库 unpacked"));
    Files.copy(ServiceProcess.repository().resolve("zhiku"), archive.resolve("zhiku"));
    java("exit 9\n"); // The one in JAVA_HOME, which is not to be taken.
    Path own = archive.resolve("runtime/bin/java");
    Files.createDirectories(own.getParent());
    Files.writeString(own, "#!/bin/sh\necho \"$@\" >>" + runs + "\n");
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path link = Files.createSymbolicLink(home.resolve("linked"), archive.resolve("zhiku"));
    ProcessBuilder builder =
        new ProcessBuilder("sh", link.toString(), "status")
            .directory(Files.createDirectories(home.resolve("elsewhere")).toFile());
    builder.environment().put("JAVA_HOME", home.resolve("java").toString());

    assertThat(builder.start().waitFor()).isZero();

    assertThat(Files.readString(runs))
        .contains("-Dzhiku.home=" + archive.toRealPath())
        .contains("-cp " + archive.toRealPath() + "/zhiku.jar:" + archive.toRealPath() + "/lib/*");
  }
}
