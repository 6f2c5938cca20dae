package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.SmallDisk;
import dev.zhiku.app.testing.WebhookReceiver;
import dev.zhiku.app.testing.WebhookReceiver.Delivery;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a running service tells another program: signed, again where it was refused, no text. */
@Timeout(900)
class WebhooksIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long DISK_BYTES = 96L << 20;

  /** Words of the document, the answer and the comment; none may leave the service. */
  private static final List<String> WORDS =
      List.of("annual leave", "Quist", "fifteen", "unhelpful");

  @TempDir private Path home;
  private Path knowledge;
  private WebhookReceiver receiver;

  @BeforeEach
  void prepare() throws IOException {
    receiver = WebhookReceiver.start();
    knowledge = Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(
        knowledge.resolve("leave.txt"), "Norma Quist has fifteen days of annual leave.");
    Files.writeString(home.resolve("hook.secret"), receiver.secret());
    Files.writeString(
        home.resolve("zhiku.yml"),
        """
        zhiku:
          samples: {enabled: false}
          embedding: {backend: hashing}
          ingest: {keep-free-bytes: 8MB}
          webhooks: {url: "%s", secret-file: hook.secret}
        """
            .formatted(receiver.url()));
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  @Tag("long")
  void documents_and_ratings_are_told_signed_and_again_where_they_were_refused() throws Exception {
    receiver.refuse(1);
    try (ServiceProcess service = ServiceProcess.start(home)) {
      String id = of("leave.txt", "document.indexed").body().at("/data/document_id").asText();
      Files.writeString(knowledge.resolve("broken.pdf"), "%PDF-1.7\n1 0 obj\nNorma Quist\n");
      assertThat(of("broken.pdf", "document.failed").body().at("/data/reason").asText())
          .isNotBlank();
      String conversation = rate(service);
      Delivery rated =
          receiver.await(
              "answer.rated", data -> data.path("conversation_id").asText().equals(conversation));
      assertThat(rated.body().path("data").toString())
          .contains("\"rating\":\"down\"", "\"turn\":\"1\"");
      Files.delete(knowledge.resolve("leave.txt"));
      receiver.await("document.removed", data -> data.path("document_id").asText().equals(id));
    }

    requireTrustedAndWordless();
    Delivery first = receiver.all().getFirst();
    assertThat(first.taken()).isFalse();
    assertThat(receiver.all().get(1).id()).isEqualTo(first.id());
    assertThat(receiver.all().get(1).text()).isEqualTo(first.text());
  }

  private Delivery of(String path, String type) {
    return receiver.await(type, data -> data.path("path").asText().endsWith(path));
  }

  /**
   * Rates an answer.
   *
   * @return id of its conversation
   */
  private static String rate(ServiceProcess service) throws Exception {
    String conversation = send(service, "POST", "/conversations", "").path("id").asText();
    send(
        service,
        "POST",
        "/query",
        "{\"question\": \"How many days of annual leave has Norma Quist?\", \"conversation_id\": \""
            + conversation
            + "\"}");
    send(
        service,
        "PUT",
        "/conversations/" + conversation + "/turns/1/rating",
        "{\"rating\": \"down\", \"comment\": \"unhelpful\"}");
    return conversation;
  }

  private static JsonNode send(ServiceProcess service, String method, String path, String body)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(service.url() + path))
                  .header("Cookie", "zhiku-device=" + "0a".repeat(16))
                  .header("Content-Type", "application/json")
                  .method(method, BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      assertThat(response.statusCode()).as(path + ": " + response.body()).isBetween(200, 204);
      return JSON.readTree(response.body());
    }
  }

  @Test
  @Tag("soak")
  void a_source_that_is_held_and_a_full_disk_are_told_when_they_begin() throws Exception {
    assumeTrue(SmallDisk.canMount(), "disks of a process's own cannot be mounted here");
    Path disk = Files.createDirectory(home.resolve("data"));
    try (ServiceProcess service = ServiceProcess.startOnSmallDisk(home, DISK_BYTES)) {
      of("leave.txt", "document.indexed");
      Files.move(knowledge, home.resolve("elsewhere"));
      Files.createDirectory(knowledge);
      receiver.await("source.held", data -> data.path("source").asText().equals("knowledge"));
      fill(service.folderSeenByIt(disk).resolve("ballast"));
      receiver.await("disk.full", JsonNode::isEmpty);
    }

    requireTrustedAndWordless();
  }

  /** Leaves not a byte. */
  private static void fill(Path ballast) throws IOException {
    byte[] block = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private void requireTrustedAndWordless() {
    assertThat(receiver.all())
        .isNotEmpty()
        .allSatisfy(
            one -> {
              assertThat(one.trusted()).as(one.text()).isTrue();
              assertThat(one.text()).doesNotContain(WORDS);
            });
  }
}
