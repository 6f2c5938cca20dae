package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.app.testing.Traces;
import dev.zhiku.app.testing.TypedCommand;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document with a word of its own, used in every way, deleted, and looked for. */
@Tag("long")
class DeletionIT {
  private static final String MARKER = "quexalote";
  private static final String TEXT =
      "# Suppliers\n\nThe valves of the north plant are delivered by the firm "
          + MARKER
          + " within nine days.\n\nSpare seals of the north plant cost 40 dollars.\n";
  private static final String QUESTION = "Who delivers the valves of the north plant?";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;

  private final HttpClient browser =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  private HttpResponse<String> send(ServiceProcess service, String method, String path, String body)
      throws IOException, InterruptedException {
    return browser.send(
        HttpRequest.newBuilder(URI.create(service.url() + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private String conversation(ServiceProcess service) throws IOException, InterruptedException {
    send(service, "GET", "/", "");
    String id =
        JSON.readTree(send(service, "POST", "/conversations", "{}").body()).at("/id").asText();
    for (String question :
        new String[] {QUESTION, "What do spare seals of the north plant cost?"}) {
      String body =
          JSON.writeValueAsString(
              Map.of("question", question, "conversation_id", id, "detach", true));
      assertThat(send(service, "POST", "/query", body).statusCode()).isEqualTo(200);
    }
    return id;
  }

  private static JsonNode awaitErased(ServiceProcess service, String document) {
    Instant end = Instant.now().plus(ServiceProcess.PATIENCE);
    while (true) {
      JsonNode proof = service.get("/audit/proof/" + document).body();
      if (proof.at("/complete").asBoolean() && !proof.at("/erased_at").isNull()) {
        return proof;
      }
      assertThat(Instant.now()).as(proof.toString()).isBefore(end);
      ServiceProcess.pause(200);
    }
  }

  private static long found(JsonNode proof, String place) {
    for (JsonNode one : proof.at("/places")) {
      if (one.at("/place").asText().equals(place)) {
        return one.at("/found").asLong();
      }
    }
    throw new AssertionError("no such place: " + place);
  }

  @Test
  void nothing_of_a_deleted_document_is_left_in_any_file_and_the_proof_says_so() throws Exception {
    Path knowledge = Files.createDirectories(home.resolve("knowledge"));
    for (int i = 0; i < 10; i++) {
      Files.writeString(
          knowledge.resolve("other" + i + ".md"), "# Note " + i + "\n\nPump " + i + " is blue.\n");
    }
    Path data = home.resolve("data");
    Path before = home.resolve("before.backup");
    Path later = home.resolve("later.backup");
    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitRest(ServiceProcess.PATIENCE);
      String document = service.upload("suppliers.md", TEXT).body().at("/id").asText();
      service.awaitRest(ServiceProcess.PATIENCE);
      String sha256 = service.get("/documents/" + document).body().at("/sha256").asText();
      String talk = conversation(service);
      String kept = "/conversations/" + talk;
      assertThat(send(service, "GET", kept, "").body()).contains(MARKER);
      assertThat(send(service, "GET", "/documents/" + document + "/passages", "").body())
          .contains(MARKER);
      assertThat(TypedCommand.run(home, "backup", before.toString()).exitCode()).isZero();
      assertThat(Traces.of(MARKER, data))
          .as("what is looked for is found before")
          .hasSizeGreaterThan(2);
      assertThat(Traces.inBackup(MARKER, before, home.resolve("unpacked1"))).isNotEmpty();

      assertThat(service.delete("/documents/" + document).status()).isEqualTo(204);
      JsonNode proof = awaitErased(service, document);

      System.out.println(
          "erased after " + proof.at("/erased_after_seconds") + " s of the deletion");
      assertThat(proof.at("/deleted/sha256").asText()).isEqualTo(sha256).hasSize(64);
      assertThat(proof.at("/deleted/path").asText()).isEqualTo("suppliers.md");
      assertThat(proof.at("/deleted/who").asText()).isNotEmpty();
      assertThat(found(proof, "trash")).isOne();
      assertThat(Traces.of(MARKER, data)).hasSize(1).allMatch(place -> place.contains("trash"));
      String shown = send(service, "GET", kept, "").body();
      assertThat(shown).doesNotContain(MARKER).contains("\"erased\"").contains(QUESTION);
      assertThat(
              send(service, "GET", "/conversations/" + talk + "/export?format=markdown", "").body())
          .doesNotContain(MARKER);

      assertThat(TypedCommand.run(home, "backup", later.toString()).exitCode()).isZero();
      assertThat(Traces.inBackup(MARKER, later, home.resolve("unpacked2"))).isEmpty();
      Ended ended = TypedCommand.run(home, "audit", "proof", document, "--now");
      System.out.println(ended.output());
      assertThat(ended.exitCode()).as(ended.output()).isZero();
      assertThat(ended.output()).contains("Complete.").contains(sha256);
      assertThat(Traces.of(MARKER, data)).isEmpty();
      assertThat(TypedCommand.run(home, "audit", "verify").exitCode()).isZero();
    }
    assertThat(Traces.of(MARKER, data)).isEmpty();
  }

  @Test
  void what_comes_back_from_the_trash_is_answered_and_the_proof_of_its_deletion_stays()
      throws Exception {
    Path knowledge = Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(knowledge.resolve("other.md"), "# Note\n\nPump 1 is blue.\n");
    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitRest(ServiceProcess.PATIENCE);
      String document = service.upload("suppliers.md", TEXT).body().at("/id").asText();
      service.awaitRest(ServiceProcess.PATIENCE);
      assertThat(service.delete("/documents/" + document).status()).isEqualTo(204);
      awaitErased(service, document);
      Ended listed = TypedCommand.run(home, "trash", "list");
      assertThat(listed.output()).contains(document, "knowledge:suppliers.md", "by machine");
      Files.writeString(knowledge.resolve("suppliers.md"), "Nothing to say.\n");
      Ended taken = TypedCommand.run(home, "trash", "restore", document);
      assertThat(taken.exitCode()).isEqualTo(1);
      assertThat(taken.output()).contains("path-taken", "--as");

      Ended back =
          TypedCommand.run(home, "trash", "restore", document, "--as", "again/suppliers.md");

      assertThat(back.output()).contains("Put back: knowledge:again/suppliers.md");
      assertThat(knowledge.resolve("again/suppliers.md")).hasContent(TEXT);
      service.awaitRest(ServiceProcess.PATIENCE);
      assertThat(service.ask(QUESTION, "passages").toString()).contains(MARKER);
      JsonNode proof = service.get("/audit/proof/" + document).body();
      assertThat(proof.at("/complete").asBoolean()).isTrue();
      assertThat(proof.at("/deleted/path").asText()).isEqualTo("suppliers.md");
      assertThat(found(proof, "trash")).isZero();
      assertThat(found(proof, "copies")).isOne();
      assertThat(TypedCommand.run(home, "audit", "search", "--what", "restored").output())
          .contains(document);
      assertThat(TypedCommand.run(home, "trash", "empty").exitCode()).isEqualTo(2);
      assertThat(TypedCommand.run(home, "trash", "empty", "--confirm").output())
          .contains("Deleted for good: 0 files.");
    }
  }

  @Test
  void what_a_kill_interrupts_is_erased_after_the_next_start() throws Exception {
    Path knowledge = Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(knowledge.resolve("other.md"), "# Note\n\nPump 1 is blue.\n");
    String document;
    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitRest(ServiceProcess.PATIENCE);
      document = service.upload("suppliers.md", TEXT).body().at("/id").asText();
      service.awaitRest(ServiceProcess.PATIENCE);
      conversation(service);
      assertThat(service.delete("/documents/" + document).status()).isEqualTo(204);
      service.kill();
    }
    Instant killed = Instant.now();
    try (ServiceProcess service = ServiceProcess.start(home)) {
      awaitErased(service, document);
      System.out.println(
          "erased " + Duration.between(killed, Instant.now()).toSeconds() + " s after the kill");
      assertThat(Traces.of(MARKER, home.resolve("data")))
          .allMatch(place -> place.contains("trash"));
    }
  }
}
