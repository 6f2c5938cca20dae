package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.testing.PromisedTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that were revoked over HTTP right before the service was killed. */
@Tag("crash")
class RevokedKeysCrashIT {
  private static final int KEYS = 20;
  private static final Duration MOST = Duration.ofMillis(5);

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path home;

  @Test
  void no_key_opens_anything_whose_revocation_was_answered_before_a_kill() throws Exception {
    killAndLook(1);
  }

  @Test
  @Tag("crash")
  @Tag("seeds")
  void none_of_two_hundred_keys_opens_anything_after_ten_kills() throws Exception {
    killAndLook(10);
  }

  /** Secrets by the ids of their keys. */
  private Map<String, String> made(ServiceProcess service) throws Exception {
    Map<String, String> made = new LinkedHashMap<>();
    for (int i = 0; i < KEYS; i++) {
      var key = service.post("/keys", "{\"label\":\"a\"}").body();
      made.put(key.at("/key/id").asText(), key.path("secret").asText());
    }
    return made;
  }

  private void killAndLook(int kills) throws Exception {
    Files.writeString(home.resolve("zhiku.yml"), "zhiku: {samples: {enabled: false}}");
    Map<String, String> all = new LinkedHashMap<>();
    double longest = 0;
    for (int i = 0; i < kills; i++) {
      try (ServiceProcess service = ServiceProcess.start(home)) {
        all.values().forEach(secret -> assertThat(status(service, secret)).isEqualTo(401));
        Map<String, String> keys = made(service);
        keys.values().forEach(secret -> assertThat(status(service, secret)).isEqualTo(200));
        all.putAll(keys);
        ProcessHandle process = ProcessHandle.of(service.processId()).orElseThrow();
        PromisedTime answered = PromisedTime.start();
        for (String id : keys.keySet()) {
          assertThat(service.delete("/keys/" + id).status()).isEqualTo(204);
          answered = PromisedTime.start();
        }
        process.destroyForcibly();
        answered.require("kill", MOST);
        longest = Math.max(longest, answered.passed().toNanos() / 1e6);
        service.kill();
      }
    }
    try (ServiceProcess service = ServiceProcess.start(home)) {
      long alive = all.values().stream().filter(secret -> status(service, secret) != 401).count();
      System.out.printf(
          "%d kills, at most %.2f ms after an answer: %d of %d keys open something%n",
          kills, longest, alive, all.size());
      assertThat(alive).isZero();
    }
  }

  private int status(ServiceProcess service, String secret) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service.url() + "/documents"))
            .header("Authorization", "Bearer " + secret)
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
