package dev.zhiku.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive for Linux x64 where there is nothing else: {@code ./mvnw -Pdist verify}. Without the
 * archive or bubblewrap it is skipped.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class UnpackedArchiveIT {
  private static final Path BUILT =
      Path.of(System.getProperty("zhiku.test.dist", "target/dist")).toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void
      the_archive_starts_reads_answers_in_two_languages_and_stops_in_an_empty_root_without_a_network()
          throws Exception {
    Path archive = archive();
    EmptyRoot root = EmptyRoot.made(folder);
    Path place = folder.resolve("opt/知库 here");
    long began = System.nanoTime();
    Run.output("tar", "-xzf", archive.toString(), "-C", place.toString());
    long unpacked = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    Path script = folder.resolve("work 目录/unpacked.sh");
    try (var in = UnpackedArchiveIT.class.getResourceAsStream("unpacked.sh")) {
      Files.copy(Objects.requireNonNull(in), script);
    }
    String home = "/opt/知库 here/" + place.relativize(onlyFolder(place));
    Process process = root.start("/bin/sh", "unpacked.sh", home);
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    System.out.println(
        "seconds unpacked " + unpacked + ", archive " + Files.size(archive) + " bytes");
    lines.forEach(System.out::println);

    assertThat(lines.stream().filter(line -> line.startsWith("network ") && line.contains(":")))
        .singleElement()
        .asString()
        .startsWith("network lo:");
    assertThat(lines.stream().filter(line -> line.startsWith("route "))).hasSizeLessThan(2);
    assertThat(written("english.txt"))
        .as(written("serve.log"))
        .contains("4 seconds", "PX-200-pump-manual.pdf");
    assertThat(written("chinese.txt")).as(written("serve.log")).contains("10:00", "[1]");
    assertThat(lines).containsAnyOf("ended 0", "ended 143");
  }

  private static Path onlyFolder(Path place) throws IOException {
    try (var below = Files.list(place)) {
      return below.findFirst().orElseThrow();
    }
  }

  private Path archive() throws IOException, InterruptedException {
    Path archive = BUILT.resolve("none");
    if (Files.isDirectory(BUILT)) {
      try (var files = Files.newDirectoryStream(BUILT, "*-linux-x64.tar.gz")) {
        for (Path file : files) {
          archive = file;
        }
      }
    }
    assumeThat(archive).as("built by ./mvnw -Pdist package").exists();
    assumeThat(Run.works("bwrap", "--bind", "/", "/", "--unshare-all", "--", "/bin/true"))
        .as("bubblewrap with namespaces")
        .isTrue();
    return archive;
  }

  private String written(String name) throws IOException {
    Path file = folder.resolve("work 目录").resolve(name);
    return Files.exists(file) ? Files.readString(file) : "no " + name;
  }
}
