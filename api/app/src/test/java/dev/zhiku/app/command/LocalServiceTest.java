package dev.zhiku.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.access.InstanceSecret;
import dev.zhiku.server.identity.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whom the commands talk to, and what they say to anybody else. */
class LocalServiceTest {
  @TempDir private Path data;
  private HttpServer listener;
  private AccessKeys keys;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private volatile UnaryOperator<String> proof = nonce -> "";

  @BeforeEach
  void listen() throws IOException {
    keys = AccessKeys.create(data.resolve(AccessKeys.FILE_NAME));
    listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listener.createContext(
        "/",
        exchange -> {
          String query = exchange.getRequestURI().toString();
          heard.add(query + " " + exchange.getRequestHeaders().entrySet());
          String nonce = query.substring(query.indexOf('=') + 1);
          byte[] body =
              ("{\"proof\": \"" + proof.apply(nonce) + "\"}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    listener.start();
  }

  @AfterEach
  void stop() {
    listener.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + listener.getAddress().getPort();
  }

  private void announce(String url) throws IOException {
    Files.writeString(
        data.resolve("running.properties"), "url=" + url.replace(":", "\\:") + "\nprocess-id=1\n");
  }

  private record Ended(int exitCode, String output) {}

  private Ended status(String... options) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    ZhikuCommand command =
        new ZhikuCommand(
            config -> {
              throw new AssertionError("nothing is started here");
            },
            (config, folder) -> {
              throw new AssertionError("nothing is scanned here");
            },
            folder -> {
              throw new AssertionError("no keys are opened here");
            },
            Duration.ofSeconds(1),
            stream,
            stream);
    String[] arguments = new String[options.length + 3];
    arguments[0] = "status";
    arguments[1] = "--data";
    arguments[2] = data.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    int exitCode = command.run(arguments);
    return new Ended(exitCode, said.toString(StandardCharsets.UTF_8));
  }

  private void assertNothingSecretWasSaid() {
    assertThat(String.join("\n", heard))
        .doesNotContainIgnoringCase("authorization")
        .doesNotContain("kb_", keys.text(Role.ADMIN));
  }

  @Test
  void a_stranger_at_the_address_of_a_dead_service_is_told_no_key() throws IOException {
    InstanceSecret.ofData(data);
    announce(url());

    Ended ended = status();

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("no-service", "is not the service of the data folder");
    assertThat(heard).as("the challenge alone").hasSize(1);
    assertNothingSecretWasSaid();
  }

  @Test
  void a_stranger_that_passes_the_challenge_on_to_the_service_proves_nothing() throws IOException {
    InstanceSecret secret = InstanceSecret.ofData(data);
    proof = nonce -> secret.proof(nonce, "http://127.0.0.1:8650");
    announce(url());

    assertThat(status().output()).contains("no-service");
    assertNothingSecretWasSaid();
  }

  @Test
  void the_service_of_the_data_folder_gets_the_key() throws IOException {
    InstanceSecret secret = InstanceSecret.ofData(data);
    proof = nonce -> secret.proof(nonce, url());
    announce(url());

    status();

    assertThat(heard.getFirst()).startsWith("/health/instance?nonce=").doesNotContain("kb_");
    assertThat(heard.get(1)).contains("/status", "Bearer " + keys.text(Role.ADMIN));
  }

  @Test
  void without_a_service_of_its_own_a_command_asks_no_other_at_the_configured_port() {
    InstanceSecret.ofData(data);

    Ended ended = status("--port", Integer.toString(listener.getAddress().getPort()));

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output())
        .contains("no-service", "No service runs with the data folder", "./zhiku serve");
    assertThat(heard).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_file_that_others_may_read_is_named_with_what_to_run() throws IOException {
    InstanceSecret secret = InstanceSecret.ofData(data);
    proof = nonce -> secret.proof(nonce, url());
    announce(url());
    for (String name : List.of(AccessKeys.FILE_NAME, InstanceSecret.FILE_NAME)) {
      Path file = data.resolve(name);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

      Ended ended = status();

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.output())
          .startsWith("bad-configuration")
          .contains("chmod 600 " + file)
          .doesNotContain("\tat ", "Exception");
    }
  }
}
