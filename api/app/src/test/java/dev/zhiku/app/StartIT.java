package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.app.testing.TypedCommand;
import dev.zhiku.generators.testing.PromisedTime;
import dev.zhiku.generators.testing.SelfSigned;
import dev.zhiku.generators.testing.SilentPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Why a start is refused, with the code and the way out, and what the commands say. A process of
 * its own is started where the start itself or what a process leaves behind is looked at.
 */
class StartIT {
  /** What is promised in the README. */
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(25);

  @TempDir Path home;

  @Test
  void a_port_in_use_is_named_with_the_way_out() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended ended =
          ServiceProcess.run(home, "serve", "--port", Integer.toString(taken.getLocalPort()));

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.output())
          .contains("port-in-use", Integer.toString(taken.getLocalPort()), "--port")
          .doesNotContain("Exception");
    }
  }

  @Test
  void every_problem_of_the_configuration_is_listed() throws IOException {
    Files.writeString(
        home.resolve("zhiku.yml"), "zhiku: {server: {prot: 1}, ingest: {parsers: many}}");

    Ended ended = TypedCommand.run(home, "serve");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output())
        .contains("bad-configuration", "zhiku.server.port?", "zhiku.ingest.parsers", "many");
  }

  @Test
  void another_address_than_loopback_needs_keys() {
    Ended ended = TypedCommand.run(home, "serve", "--port", "0", "--host", "0.0.0.0");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("no-access-key", "./zhiku key new");
  }

  @Test
  void the_way_out_of_a_missing_key_works_as_it_is_printed() {
    Ended made = TypedCommand.run(home, "key", "new");

    assertThat(made.output()).contains("access.key").doesNotContain("kb_");
    assertThat(made.exitCode()).isZero();
    try (ServiceProcess service = ServiceProcess.start(home, "--host", "0.0.0.0")) {
      assertThat(service.get("/status").status()).isEqualTo(401);
      assertThat(service.log())
          .contains(
              "not encrypted",
              "zhiku.server.tls",
              "Do not open it to the internet",
              "register",
              "key new --label");
    }
  }

  @Test
  void for_a_proxy_keys_are_made_and_needed_on_loopback_too_and_the_commands_have_them()
      throws IOException {
    Files.writeString(
        home.resolve("zhiku.yml"), "zhiku: {server: {public-url: 'https://kb.example.com'}}");
    try (ServiceProcess service = ServiceProcess.start(home)) {
      assertThat(service.get("/status").status()).isEqualTo(401);
      assertThat(service.log()).contains("a key is needed: zhiku.server.public-url is set");

      Ended status = TypedCommand.run(home, "status");

      assertThat(status.output()).contains("files", "extractive");
      assertThat(status.exitCode()).isZero();
    }
  }

  @Test
  void with_a_certificate_it_speaks_tls_and_the_commands_believe_that_certificate_alone()
      throws Exception {
    SelfSigned.write(home.resolve("certificate.pem"), home.resolve("key.pem"));
    Files.writeString(
        home.resolve("zhiku.yml"),
        "zhiku: {server: {tls: {certificate: certificate.pem, key: key.pem}}}");
    try (ServiceProcess service = ServiceProcess.start(home)) {
      assertThat(service.url()).startsWith("https://127.0.0.1:");
      Ended status = TypedCommand.run(home, "status");
      assertThat(status.output()).contains("files", "extractive");
      assertThat(status.exitCode()).isZero();

      SelfSigned.write(home.resolve("certificate.pem"), home.resolve("key.pem"));
      assertThat(TypedCommand.run(home, "status").exitCode()).isEqualTo(1);
    }
  }

  @Test
  void it_signs_a_certificate_itself_prints_its_fingerprint_and_keeps_it() throws Exception {
    String first = fingerprintOf("--tls", "self-signed");
    byte[] made = Files.readAllBytes(home.resolve("data/tls/certificate.pem"));

    assertThat(first).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(fingerprintOf("--tls", "self-signed")).isEqualTo(first);
    assertThat(Files.readAllBytes(home.resolve("data/tls/certificate.pem"))).isEqualTo(made);
  }

  private String fingerprintOf(String... options) {
    try (ServiceProcess service = ServiceProcess.start(home, options)) {
      assertThat(service.url()).startsWith("https://127.0.0.1:");
      assertThat(TypedCommand.run(home, "status").exitCode()).isZero();
      return service
          .log()
          .lines()
          .filter(line -> line.contains("SHA-256"))
          .map(line -> line.replaceAll(".*: ", ""))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void a_key_store_of_pkcs12_is_taken_with_its_password_and_refused_with_another()
      throws Exception {
    Path store = SelfSigned.writeStore(home.resolve("kb.p12"), "of this test");
    Files.writeString(home.resolve("password"), "of this test\n");
    Files.writeString(
        home.resolve("zhiku.yml"),
        "zhiku: {server: {tls: {key-store: '" + store + "', password-file: password}}}");
    fingerprintOf();

    Files.writeString(home.resolve("password"), "another\n");
    Ended refused = TypedCommand.run(home, "serve", "--port", "0");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output()).contains("bad-configuration", "zhiku.server.tls");
  }

  @Test
  void a_certificate_that_is_none_is_refused_with_the_key_of_the_configuration()
      throws IOException {
    Files.writeString(home.resolve("a.pem"), "no certificate");
    Files.writeString(
        home.resolve("zhiku.yml"), "zhiku: {server: {tls: {certificate: a.pem, key: a.pem}}}");

    Ended ended = TypedCommand.run(home, "serve", "--port", "0");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output())
        .contains("bad-configuration", "zhiku.server.tls")
        .doesNotContain("\tat ");
  }

  @Test
  void a_part_that_cannot_be_closed_is_an_error_in_the_log_and_exit_code_1() throws IOException {
    try (ServiceProcess service = ServiceProcess.start(home)) {
      Path announcement = home.resolve("data/running.properties");
      Files.delete(announcement);
      Files.createDirectory(announcement);
      Files.createFile(announcement.resolve("in-the-way"));

      assertThat(service.stop()).isEqualTo(1);
    }

    assertThat(Files.readString(home.resolve("data/logs/zhiku.log")))
        .contains("ERROR", "The data folder could not be closed", "DirectoryNotEmptyException");
    assertThat(home.resolve("data/db/catalog.seal")).exists();
  }

  @Test
  void an_unknown_command_or_option_shows_the_usage() {
    assertThat(TypedCommand.run(home, "sreve").exitCode()).isEqualTo(2);
    assertThat(TypedCommand.run(home, "serve", "--colour").exitCode()).isEqualTo(2);
    assertThat(TypedCommand.run(home, "serve", "--help").exitCode()).isZero();
  }

  @Test
  void a_command_that_needs_a_service_says_so_when_there_is_none() throws IOException {
    try (SilentPort silent = SilentPort.any()) {
      String port = Integer.toString(silent.number());

      Ended nobody = TypedCommand.run(home, "ask", "hello", "--port", port);

      assertThat(nobody.exitCode()).isEqualTo(1);
      assertThat(nobody.output())
          .contains("no-service", "./zhiku serve", home.resolve("data").toString());
    }
  }

  /** One service, which the last test stops. */
  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  class WhileItRuns {
    private final Path shared;
    private final ServiceProcess service;

    WhileItRuns(@TempDir Path shared) {
      this.shared = shared;
      this.service = ServiceProcess.start(shared);
    }

    @AfterAll
    void stop() {
      service.close();
    }

    @Test
    @Order(1)
    void a_second_instance_on_the_same_data_is_refused_and_the_first_unharmed() {
      Ended second = ServiceProcess.run(shared, "serve", "--port", "0");

      assertThat(second.exitCode()).isEqualTo(2);
      assertThat(second.output()).contains("data-in-use", service.url(), "--data");
      assertThat(service.get("/health/live").status()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void ask_and_status_speak_with_it() {
      assertThat(URI.create(service.url()).getHost()).isEqualTo("127.0.0.1");
      Ended status = TypedCommand.run(shared, "status");

      assertThat(status.exitCode()).isZero();
      assertThat(status.output()).contains("files", "passages", "samples", "extractive");
    }

    @Test
    @Tag("promise")
    @Order(3)
    void asked_to_stop_it_ends_with_exit_code_0_and_leaves_nothing_behind() throws IOException {
      PromisedTime time = PromisedTime.start();
      assertThat(service.stop()).isZero();
      time.require("end", STOPS_WITHIN);

      try (var left = Files.walk(shared.resolve("data/tmp"))) {
        assertThat(left.filter(Files::isRegularFile)).isEmpty();
      }
      assertThat(shared.resolve("data/running.properties")).doesNotExist();
    }
  }
}
