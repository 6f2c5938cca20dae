package dev.zhiku.server.masking.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.masking.MaskedKind;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.masking.MaskingConfig;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page for those from whom something is covered: its files are the product's. */
class MaskedPageTest {
  private static final List<MaskedKind> ALL = List.of(MaskedKind.values());

  @Test
  void pictures_scripts_and_the_page_itself_arrive_byte_for_byte(@TempDir Path folder) {
    TestServer.Settings settings =
        new TestServer.Settings()
            .host("192.168.1.20")
            .keys(AccessKeys.create(folder.resolve("access.key")))
            .masking(new MaskingConfig(ALL, List.of(), List.of()));
    try (TestServer server = TestServer.start(folder, settings)) {
      String reader = bearer(server, Role.READER);
      String admin = bearer(server, Role.ADMIN);

      for (String path : List.of("/", "/favicon.svg", "/app.js", "/components/app/icon-192.png")) {
        byte[] covered = bytes(server, path, reader);
        assertThat(covered).as(path).isNotEmpty().isEqualTo(bytes(server, path, admin));
      }
    }
  }

  private static byte[] bytes(TestServer server, String path, String bearer) {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri(path)).header("Authorization", bearer).GET().build();
    HttpResponse<byte[]> response = server.send(request, BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response.body();
  }

  private static String bearer(TestServer server, Role role) {
    NamedKey.Terms terms =
        new NamedKey.Terms(
            role.wireName(), role, Optional.empty(), List.of(), Optional.empty(), false);
    return "Bearer " + server.named.create(terms, "machine").text();
  }
}
