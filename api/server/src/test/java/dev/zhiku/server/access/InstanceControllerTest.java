package dev.zhiku.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.http.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceControllerTest {
  private static final String NONCE = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  private TestServer keysNeeded() {
    return TestServer.start(folder, new TestServer.Settings().host("192.168.1.7"));
  }

  @Test
  void a_challenge_is_answered_to_anybody_and_tells_nothing_but_the_proof() throws Exception {
    try (TestServer server = keysNeeded()) {
      server.context().getBean(Instance.class).listensAt("http://192.168.1.7:8650");

      HttpResponse<String> response = server.get("/health/instance?nonce=" + NONCE);

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(server.json(response)).containsOnlyKeys("proof");
      String proof = String.valueOf(server.json(response).get("proof"));
      InstanceSecret secret = InstanceSecret.find(folder).orElseThrow();
      assertThat(secret.proves(proof, NONCE, "http://192.168.1.7:8650")).isTrue();
      assertThat(secret.proves(proof, NONCE, "http://192.168.1.7:8651")).isFalse();
      assertThat(Files.readString(folder.resolve(InstanceSecret.FILE_NAME))).doesNotContain(proof);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?nonce=", "?nonce=0123", "?nonce=../", "?nonce=%00"})
  void anything_but_a_challenge_is_refused(String query) {
    try (TestServer server = keysNeeded()) {
      assertThat(server.get("/health/instance" + query).statusCode()).isEqualTo(400);
      assertThat(server.get("/health/instance?nonce=" + "0".repeat(65)).statusCode())
          .isEqualTo(400);
      assertThat(server.get("/health/instance?nonce=" + NONCE + "&more=1").statusCode())
          .isEqualTo(400);
    }
  }
}
