package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.testing.PromisedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What is in the folder is answered from within seconds; what left it is gone from everywhere. */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("promise")
class FolderIT {
  private static final Duration SECONDS = Duration.ofSeconds(5);
  private static final Duration REST = ServiceProcess.PATIENCE;

  @TempDir static Path home;
  private static @Nullable ServiceProcess service;

  /** Nothing of the samples is on its way when what is embedded is counted. */
  @BeforeAll
  static void start() {
    service = ServiceProcess.start(home);
    service.awaitRest(REST);
  }

  @AfterAll
  static void stop() {
    service().close();
  }

  private static ServiceProcess service() {
    return Objects.requireNonNull(service);
  }

  private static Path knowledge() {
    return home.resolve("knowledge");
  }

  @Test
  @Order(1)
  void a_file_dropped_in_is_answered_from_within_five_seconds() throws IOException {
    Files.writeString(
        knowledge().resolve("parking.md"),
        "# Parking\n\nThe visitor parking is on level P7 of the garage.\n");

    await("the answer", () -> answer("Where is the visitor parking?").contains("level P7"));
    await("the samples are off", () -> sourceNames().equals("knowledge"));
  }

  @Test
  @Order(2)
  void a_changed_file_is_answered_from_anew_within_five_seconds() throws IOException {
    Files.writeString(
        knowledge().resolve("parking.md"),
        "# Parking\n\nThe visitor parking is on level Q9 of the annex.\n");

    await(
        "the new answer",
        () -> {
          String answer = answer("Where is the visitor parking?");
          return answer.contains("level Q9") && !answer.contains("P7");
        });
  }

  @Test
  @Order(3)
  void a_rename_embeds_nothing_and_keeps_id_and_passages() throws IOException {
    JsonNode before = document("parking.md");
    double embedded = embeddedPassages();

    Files.createDirectories(knowledge().resolve("site"));
    Files.move(knowledge().resolve("parking.md"), knowledge().resolve("site/where-to-park.md"));
    await("the new path", () -> !document("site/where-to-park.md").isMissingNode());

    JsonNode after = document("site/where-to-park.md");
    assertThat(after.get("id")).isEqualTo(before.get("id"));
    assertThat(after.get("passages")).isEqualTo(before.get("passages"));
    assertThat(document("parking.md").isMissingNode()).isTrue();
    await(
        "indexed",
        () -> "indexed".equals(document("site/where-to-park.md").path("state").asText()));
    assertThat(answer("Where is the visitor parking?")).contains("level Q9");
    assertThat(embeddedPassages()).isEqualTo(embedded);
  }

  @Test
  @Order(4)
  void a_deleted_file_is_gone_from_every_endpoint_within_five_seconds() throws IOException {
    String id = document("site/where-to-park.md").get("id").asText();
    Files.writeString(knowledge().resolve("other.txt"), "The canteen opens at eleven thirty.\n");
    await("another file", () -> !document("other.txt").isMissingNode());

    Files.delete(knowledge().resolve("site/where-to-park.md"));

    await("gone from the list", () -> document("site/where-to-park.md").isMissingNode());
    await(
        "gone from the passages",
        () ->
            !service()
                .ask("Where is the visitor parking?", "passages")
                .get("passages")
                .toString()
                .contains("Q9"));
    assertThat(service().get("/documents/" + id).status()).isEqualTo(404);
    assertThat(service().get("/documents/" + id + "/passages").status()).isEqualTo(404);
    assertThat(service().get("/documents/" + id + "/content").status()).isEqualTo(404);
    assertThat(answer("Where is the visitor parking?")).doesNotContain("Q9");
  }

  @Test
  @Order(5)
  void every_file_is_accounted_for() throws IOException {
    Files.writeString(knowledge().resolve("broken.docx"), "PK\3\4 no archive after all");
    Files.write(knowledge().resolve("empty.pdf"), new byte[0]);
    Files.writeString(knowledge().resolve(".hidden.txt"), "hidden\n");
    Files.writeString(knowledge().resolve("~$draft.docx"), "lock\n");

    JsonNode status =
        service()
            .awaitStatus(
                REST,
                s ->
                    s.at("/files/failed").asInt() == 1
                        && s.at("/files/skipped").asInt() == 2
                        && s.at("/files/ignored").asInt() == 1);

    JsonNode files = status.get("files");
    assertThat(files.get("total").asInt())
        .isEqualTo(
            files.get("indexed").asInt()
                + files.get("failed").asInt()
                + files.get("skipped").asInt()
                + files.get("pending").asInt());
    assertThat(document("broken.docx").get("reason_code").asText()).isEqualTo("corrupt");
    assertThat(document("broken.docx").get("remedy").asText()).isNotBlank();
    assertThat(document("empty.pdf").get("reason_code").asText()).isEqualTo("empty-file");
  }

  private static String answer(String question) {
    return service().ask(question, "answer").get("answer").asText();
  }

  private static JsonNode document(String path) {
    return service().get("/documents?path=" + path).body().at("/items/0");
  }

  private static String sourceNames() {
    return String.join(
        ",",
        StreamSupport.stream(
                service().get("/documents?limit=100").body().get("items").spliterator(), false)
            .map(d -> d.get("source").asText())
            .distinct()
            .toList());
  }

  private static double embeddedPassages() {
    return service().metric("zhiku_embedded_passages_total");
  }

  private static void await(String what, BooleanSupplier condition) {
    Duration took = PromisedTime.await(what, SECONDS, condition);
    System.out.println(what + " after " + took.toMillis() + " ms");
  }
}
