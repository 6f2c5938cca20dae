package dev.zhiku.server.alarm;

import dev.zhiku.generators.egress.MailSender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A mail server that carries alarms to whoever looks after the service. */
final class MailOutlet implements AlarmOutlet {
  private final AlarmConfig.Mail config;

  MailOutlet(AlarmConfig.Mail config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "zhiku.alarms.mail";
  }

  /** Reads the password each time, so that another one holds at once. */
  @Override
  public void tell(Instant at, List<Alarm> raised, List<Alarm> ended) throws IOException {
    Optional<MailSender.Account> account = Optional.empty();
    if (config.user().isPresent() && config.passwordFile().isPresent()) {
      String password = firstLine(config.passwordFile().get());
      account = Optional.of(new MailSender.Account(config.user().get(), password));
    }
    MailSender.Server server =
        new MailSender.Server(
            config.host().orElseThrow(),
            config.port(),
            config.encryption(),
            account,
            config.from().orElseThrow(),
            config.to());
    new MailSender(server).send(at, subject(raised, ended), text(at, raised, ended));
  }

  private static String firstLine(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .findFirst()
          .orElseThrow(() -> new IOException("zhiku.alarms.mail.password-file is empty: " + file));
    }
  }

  private static String subject(List<Alarm> raised, List<Alarm> ended) {
    Alarm first = raised.isEmpty() ? ended.getFirst() : raised.getFirst();
    int others = raised.size() + ended.size() - 1;
    return "Zhiku on "
        + ownName()
        + ": "
        + first.part()
        + " "
        + first.name()
        + (raised.isEmpty() ? " is well again" : " needs a look")
        + (others > 0 ? ", and " + others + " more" : "");
  }

  private static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    }
  }

  private static String text(Instant at, List<Alarm> raised, List<Alarm> ended) {
    StringBuilder text = new StringBuilder("At " + at + "\r\n");
    if (!raised.isEmpty()) {
      text.append("\r\nWrong now:\r\n");
      for (Alarm alarm : raised) {
        text.append("\r\n- ").append(title(alarm)).append(": ").append(alarm.detail());
        text.append("\r\n  What to do: ").append(alarm.remedy()).append("\r\n");
      }
    }
    if (!ended.isEmpty()) {
      text.append("\r\nWell again:\r\n\r\n");
      ended.forEach(alarm -> text.append("- ").append(title(alarm)).append("\r\n"));
    }
    return text.toString();
  }

  private static String title(Alarm alarm) {
    return alarm.part() + " " + alarm.name();
  }
}
