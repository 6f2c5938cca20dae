package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The libraries that are shipped, against those that the other modules test and known holes. */
class LibrariesTest {
  private static final Path ROOT = ServiceProcess.repository();
  private static final Path HOLES = ROOT.resolve("api/docs/known-vulnerabilities.txt");

  /** Versions by {@code group:artifact}, of a module's run time. */
  private static Map<String, String> librariesOf(String module) {
    Path file = ROOT.resolve(module).resolve("target/libraries.txt");
    Map<String, String> libraries = new TreeMap<>();
    try {
      for (String jar : Files.readString(file).strip().split("\\|", -1)) {
        // …/repository/group/of/it/artifact/version/artifact-version.jar
        List<String> parts = Arrays.asList(jar.replace('\\', '/').split("/", -1));
        int version = parts.size() - 2;
        int group = parts.lastIndexOf("repository") + 1;
        libraries.put(
            String.join(".", parts.subList(group, version - 1)) + ":" + parts.get(version - 1),
            parts.get(version));
      }
    } catch (IOException e) {
      throw new AssertionError(file + " is written by a build with tests, and is not there", e);
    }
    return libraries;
  }

  /** A range of versions with a published hole. */
  private record Hole(String id, String library, String from, String fixed) {
    static List<Hole> read() throws IOException {
      return Files.readAllLines(HOLES).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.strip().split("\\s+", 6))
          .map(
              columns -> {
                assertThat(columns).as(Arrays.toString(columns)).hasSize(6);
                return new Hole(columns[0], columns[1], columns[2], columns[3]);
              })
          .toList();
    }

    boolean covers(String name, String version) {
      boolean named =
          library.endsWith("*")
              ? name.startsWith(library.substring(0, library.length() - 1))
              : name.equals(library);
      return named && compare(version, from) >= 0 && compare(version, fixed) < 0;
    }
  }

  /** By their numbers; what follows them does not count. */
  private static int compare(String one, String other) {
    return Arrays.compare(numbers(one), numbers(other));
  }

  private static int[] numbers(String version) {
    String leading = version.replaceFirst("[^0-9.].*", "").replaceFirst("\\.+$", "");
    int[] numbers = new int[4];
    String[] parts = leading.split("\\.", -1);
    for (int i = 0; i < Math.min(parts.length, numbers.length); i++) {
      numbers[i] = parts[i].isEmpty() ? 0 : Integer.parseInt(parts[i]);
    }
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "index/core",
        "index/lucene",
        "index/onnx",
        "ingest",
        "api/answering",
        "api/generators",
        "api/server"
      })
  void the_tests_of_a_module_run_the_versions_that_are_shipped(String module) {
    Map<String, String> shipped = librariesOf("api/app");
    Map<String, String> tested = librariesOf(module);
    tested.keySet().retainAll(shipped.keySet());

    assertThat(tested).isNotEmpty();
    assertThat(shipped).containsAllEntriesOf(tested);
  }

  @Test
  void no_library_that_is_shipped_has_a_known_hole() throws IOException {
    Map<String, String> shipped = librariesOf("api/app");
    List<String> found = new ArrayList<>();
    for (Hole hole : Hole.read()) {
      shipped.forEach(
          (name, version) -> {
            if (hole.covers(name, version)) {
              found.add(name + " " + version + ": " + hole.id() + ", fixed in " + hole.fixed());
            }
          });
    }

    assertThat(shipped).hasSizeGreaterThan(100).containsKey("io.netty:netty-codec-http");
    assertThat(found).isEmpty();
  }

  @Test
  void every_known_hole_is_told_in_the_list_of_libraries() throws IOException {
    String told = Files.readString(ROOT.resolve("api/docs/libraries.md"));

    assertThat(Hole.read()).isNotEmpty().allSatisfy(hole -> assertThat(told).contains(hole.id()));
  }

  @ParameterizedTest
  @CsvSource({
    "4.2.16.Final, true",
    "4.2.18.Final, false",
    "4.2.19.Final, false",
    "4.1.136.Final, false",
    "4.2.9.Final, true"
  })
  void a_version_within_a_range_is_found_by_its_numbers(String version, boolean found) {
    Hole hole = new Hole("CVE-0-0", "io.netty:netty-*", "4.2.0", "4.2.18");

    assertThat(hole.covers("io.netty:netty-codec-http", version)).isEqualTo(found);
    assertThat(hole.covers("org.jsoup:jsoup", version)).isFalse();
  }
}
