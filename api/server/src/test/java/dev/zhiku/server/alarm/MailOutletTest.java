package dev.zhiku.server.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.generators.egress.FakeMailServer;
import dev.zhiku.generators.egress.MailSender.Encryption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailOutletTest {
  private static final Alarm DISK = new Alarm("disk", "data", "The disk is full.", "Make room.");
  private static final Alarm SHARE = new Alarm("source", "share", "It is away.", "Mount it.");

  private List<Alarm> wrong = List.of();

  private static AlarmConfig.Mail mail(int port) {
    return new AlarmConfig.Mail(
        Optional.of("127.0.0.1"),
        port,
        Encryption.NONE,
        Optional.of("zhiku@example.org"),
        List.of("anna@example.org"),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void mail_says_what_is_wrong_and_what_to_do_and_when_it_is_over() throws Exception {
    try (FakeMailServer server = FakeMailServer.start();
        AlarmWatch watch =
            new AlarmWatch(
                () -> wrong, List.of(new MailOutlet(mail(server.port()))), Clock.systemUTC())) {
      wrong = List.of(DISK, SHARE);
      server.refuse(true);
      watch.attend();
      assertThat(server.messages()).isEmpty();
      server.refuse(false);
      watch.attend();
      watch.attend();
      wrong = List.of(SHARE);
      watch.attend();

      assertThat(server.messages()).hasSize(2);
      assertThat(server.messages().getFirst())
          .containsPattern("Subject: Zhiku on .*: disk data needs a look, and 1 more")
          .contains("- disk data: The disk is full.", "What to do: Mount it.");
      assertThat(server.messages().getLast())
          .containsPattern("Subject: Zhiku on .*: disk data is well again")
          .contains("Well again:")
          .doesNotContain("share");
    }
  }

  @Test
  void what_cannot_work_is_refused_at_the_start() {
    Optional<String> from = Optional.of("zhiku@example.org");
    List<String> to = List.of("anna@example.org");
    Optional<String> host = Optional.of("mail");
    refused("needs", host, 25, Optional.empty(), to);
    refused("needs", host, 25, from, List.of());
    refused("port", host, 0, from, to);
    refused("such as", host, 25, Optional.of("zhiku"), to);
    refused("such as", host, 25, from, List.of("a@b\r\nRCPT TO:<eve@b>"));
    assertThatThrownBy(
            () ->
                new AlarmConfig.Mail(
                    host,
                    25,
                    Encryption.NONE,
                    from,
                    to,
                    Optional.of("zhiku"),
                    Optional.of(Path.of("password"))))
        .hasMessageContaining("starttls or tls");
  }

  private static void refused(
      String words, Optional<String> host, int port, Optional<String> from, List<String> to) {
    assertThatThrownBy(
            () ->
                new AlarmConfig.Mail(
                    host, port, Encryption.NONE, from, to, Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }
}
