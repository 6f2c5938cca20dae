package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.app.testing.TypedCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code zhiku connect}, of every client there is, against the real service. */
class ConnectIT {
  @TempDir private Path home;

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void library() throws IOException {
    Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(
        home.resolve("knowledge/kettles.md"),
        "# Green kettles\n\nThe green kettles of floor 3 are descaled every Friday.\n");
  }

  @Test
  void every_client_would_see_what_it_looks_for() throws IOException {
    library();
    Files.writeString(
        home.resolve("zhiku.yml"), "zhiku: {ollama-api: {port: %d}}".formatted(freePort()));
    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitRest(ServiceProcess.PATIENCE);
      JsonNode clients = service.get("/connect").body().at("/items");
      assertThat(clients).hasSizeGreaterThanOrEqualTo(20);
      for (JsonNode client : clients) {
        String id = client.at("/id").asText();
        Ended shown = TypedCommand.run(home, "connect", id);
        assertThat(shown.exitCode()).as(shown.output()).isZero();
        assertThat(shown.output()).contains("ok      question", "kettles.md");
      }
      Ended list = TypedCommand.run(home, "connect");
      assertThat(list.output()).contains("open-webui", "ollama-js").doesNotContain("is off");

      Ended keyed = TypedCommand.run(home, "connect", "mcp", "--new-key");
      assertThat(keyed.exitCode()).as(keyed.output()).isZero();
      assertThat(keyed.output()).containsPattern("Bearer kb_\\w+").contains("tools: search");
      assertThat(service.get("/keys").body().at("/items/0/label").asText()).isEqualTo("mcp");
    }
  }

  @Test
  void what_a_client_would_not_see_is_said_and_is_the_exit_code() throws IOException {
    library();
    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitRest(ServiceProcess.PATIENCE);
      Ended off = TypedCommand.run(home, "connect", "ollama-python");
      assertThat(off.exitCode()).isEqualTo(1);
      assertThat(off.output()).contains("zhiku.ollama-api.port");

      Ended nothing =
          TypedCommand.run(home, "connect", "chatbox", "--question", "How high is Mount Everest?");
      assertThat(nothing.exitCode()).isEqualTo(1);
      assertThat(nothing.output())
          .contains("ok      models", "FAILED  question", "citations: none");

      String secret =
          TypedCommand.run(home, "key", "new", "--label", "chatbox")
              .output()
              .lines()
              .findFirst()
              .orElseThrow();
      String id = service.get("/keys").body().at("/items/0/id").asText();
      assertThat(TypedCommand.run(home, "key", "revoke", id).exitCode()).isZero();
      Path key = Files.writeString(home.resolve("a.key"), secret);
      Ended ended = TypedCommand.run(home, "connect", "chatbox", "--key-file", key.toString());
      assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
      assertThat(ended.output()).contains("FAILED  models", "status 401", "was revoked");

      Ended unknown = TypedCommand.run(home, "connect", "winamp");
      assertThat(unknown.exitCode()).isEqualTo(1);
      assertThat(unknown.output()).contains("open-webui, chatbox");

      Ended settings = TypedCommand.run(home, "connect", "continue", "--no-test");
      assertThat(settings.exitCode()).isZero();
      assertThat(settings.output()).contains("apiBase", service.url() + "/v1", "YOUR_KEY");
    }
  }
}
