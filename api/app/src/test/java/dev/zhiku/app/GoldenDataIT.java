package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.app.testing.TypedCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Data folders that releases left behind: one small file each, which every later version has to
 * open. How one is made is said in {@code api/docs/upgrades.md}.
 */
class GoldenDataIT {
  private static final Path GOLDEN =
      ServiceProcess.repository().resolve("api/app/src/test/resources/dev/zhiku/app/golden");

  /** Of the running instance, or made anew by the next start. */
  private static final Set<String> PASSING =
      Set.of("logs", "tmp", "native", "backups", "trash", "zhiku.lock", "running.properties");

  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "crane.md", "# Tower crane\n\nThe tower crane is serviced by Norma Quist every March.\n",
          "差旅.txt", "出差住宿费标准为每晚 680 元，由部门主管批准。\n",
          "parts.csv", "part,price\nrope,480\nhook,95\n");

  @TempDir private Path home;

  static List<Path> golden() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void the_data_of_a_release_opens_and_answers_and_nothing_of_it_is_embedded_again(Path golden)
      throws IOException {
    unpack(golden);
    try (ServiceProcess service = ServiceProcess.start(home)) {
      JsonNode status = service.awaitRest(ServiceProcess.PATIENCE);

      assertThat(status.at("/files/indexed").asInt()).isEqualTo(DOCUMENTS.size());
      assertThat(status.at("/files/failed").asInt()).isZero();
      assertThat(status.at("/storage/repairs")).isEmpty();
      assertThat(answer(service, "Who services the tower crane?")).contains("Norma Quist");
      assertThat(answer(service, "出差住宿费标准是多少？")).contains("680");
      assertThat(service.get("/keys").body().at("/items/0/label").asText()).isEqualTo("golden");
      assertThat(service.get("/conversations").body().at("/items")).hasSize(1);
      assertThat(service.metric("zhiku_embedded_passages_total")).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void the_same_data_of_a_later_version_is_refused_and_not_touched(Path golden) throws IOException {
    unpack(golden);
    Files.writeString(home.resolve("data/format"), "1000000\n");
    Map<String, String> before = contents(home.resolve("data"));

    Ended refused = ServiceProcess.run(home, "serve", "--port", "0");

    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.output()).contains("data-too-new", "later version");
    Map<String, String> after = contents(home.resolve("data"));
    after.remove("zhiku.lock");
    assertThat(after).isEqualTo(before);
  }

  private static String answer(ServiceProcess service, String question) {
    return service.ask(question, "answer").at("/answer").asText();
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            folder.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  private void unpack(Path golden) throws IOException {
    try (InputStream in = Files.newInputStream(golden);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = home.resolve(entry.getName()).normalize();
        assertThat(file).startsWithRaw(home);
        Files.createDirectories(file.resolveSibling(".").normalize());
        Files.copy(zip, file);
      }
    }
  }

  /** Makes the file of the present version where {@code -Dzhiku.golden=NAME} says so. */
  @Test
  void the_data_of_the_present_version_is_written_where_that_is_wanted() throws IOException {
    String name = System.getProperty("zhiku.golden", "");
    assumeTrue(!name.isEmpty(), "-Dzhiku.golden=NAME makes the golden data of this version");
    Files.writeString(home.resolve("zhiku.yml"), "zhiku: {samples: {enabled: false}}\n");
    Path knowledge = Files.createDirectories(home.resolve("knowledge"));
    for (Map.Entry<String, String> document : DOCUMENTS.entrySet()) {
      Files.writeString(knowledge.resolve(document.getKey()), document.getValue());
    }
    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitStatus(
          ServiceProcess.PATIENCE, s -> s.at("/files/indexed").asInt() == DOCUMENTS.size());
      assertThat(TypedCommand.run(home, "key", "new", "--label", "golden").exitCode()).isZero();
      String conversation = service.post("/conversations", "{}").body().at("/id").asText();
      service.post(
          "/query",
          "{\"question\": \"Who services the tower crane?\", \"conversation_id\": \""
              + conversation
              + "\"}");
    }
    Path golden = GOLDEN.resolve(name + ".zip");
    try (OutputStream out = Files.newOutputStream(golden);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(9);
      for (String part : List.of("zhiku.yml", "knowledge", "data")) {
        pack(home.resolve(part), zip);
      }
    }
    System.out.println(golden + ": " + Files.size(golden) + " bytes");
  }

  private void pack(Path part, ZipOutputStream zip) throws IOException {
    try (Stream<Path> files = Files.walk(part)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path inside = home.relativize(file);
        if (inside.getNameCount() < 2 || !PASSING.contains(inside.getName(1).toString())) {
          zip.putNextEntry(new ZipEntry(inside.toString().replace('\\', '/')));
          Files.copy(file, zip);
          zip.closeEntry();
        }
      }
    }
  }
}
