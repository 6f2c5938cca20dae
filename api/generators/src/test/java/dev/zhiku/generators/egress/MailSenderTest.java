package dev.zhiku.generators.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.generators.egress.MailSender.Encryption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailSenderTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

  private FakeMailServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeMailServer.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static MailSender to(String host, int port, Encryption encryption) {
    return new MailSender(
        new MailSender.Server(
            host,
            port,
            encryption,
            Optional.empty(),
            "zhiku@example.org",
            List.of("anna@example.org", "bo@example.org")));
  }

  private MailSender sender() {
    return to("127.0.0.1", server.port(), Encryption.NONE);
  }

  private static long attempts(String host) {
    return Egress.ofProcess().sent().stream()
        .filter(sent -> sent.host().equals(host) && sent.purpose() == Egress.Purpose.ALARM)
        .mapToLong(Egress.Sent::attempts)
        .sum();
  }

  @Test
  void a_message_arrives_for_each_address_and_its_attempt_is_counted() throws IOException {
    long before = attempts("127.0.0.1");

    sender().send(AT, "The disk is full", "Make room.\r\n.\r\nAt once.");

    assertThat(attempts("127.0.0.1")).isEqualTo(before + 1);
    assertThat(server.commands())
        .contains("RCPT TO:<anna@example.org>", "RCPT TO:<bo@example.org>")
        .anyMatch(line -> line.startsWith("MAIL FROM:<zhiku@example.org>"));
    assertThat(server.messages())
        .singleElement()
        .asString()
        .contains(
            "From: zhiku@example.org\n",
            "Subject: The disk is full\n",
            "Auto-Submitted: auto-generated\n",
            "charset=UTF-8",
            "Make room.\n..\nAt once.");
  }

  @Test
  void a_name_in_the_subject_becomes_no_header_and_no_line() throws IOException {
    sender().send(AT, "source a\r\nBcc: eve@example.org\u0000" + "x".repeat(500), "y");

    String message = server.messages().getFirst();
    assertThat(message.lines()).noneMatch(line -> line.startsWith("Bcc"));
    assertThat(message).doesNotContain("x".repeat(MailSender.MAX_SUBJECT_CHARS));
    assertThat(server.commands()).noneMatch(line -> line.contains("eve"));
  }

  @Test
  void words_of_every_script_arrive() throws IOException {
    sender().send(AT, "来源 share 需要处理", "共享没有挂载。");

    assertThat(server.messages().getFirst())
        .contains("Subject: =?UTF-8?", "Content-Transfer-Encoding: ");
  }

  @Test
  void nothing_goes_out_of_the_house() {
    assertThatThrownBy(() -> to("203.0.113.9", 25, Encryption.NONE).send(AT, "a", "b"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("private network");
    assertThat(Egress.ofProcess().sent())
        .filteredOn(sent -> sent.host().equals("203.0.113.9"))
        .anyMatch(sent -> sent.purpose() == Egress.Purpose.ALARM && sent.refused() > 0);
  }

  @Test
  void what_is_to_be_encrypted_is_not_sent_in_the_clear() {
    assertThatThrownBy(() -> to("127.0.0.1", server.port(), Encryption.STARTTLS).send(AT, "a", "b"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1");
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void a_server_that_refuses_or_is_not_there_is_told() throws IOException {
    server.refuse(true);
    assertThatThrownBy(() -> sender().send(AT, "a", "b"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not take it");
    int free;
    try (ServerSocket none = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = none.getLocalPort();
    }
    assertThatThrownBy(() -> to("127.0.0.1", free, Encryption.NONE).send(AT, "a", "b"))
        .isInstanceOf(IOException.class);
  }
}
