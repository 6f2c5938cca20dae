package dev.zhiku.server.alarm;

import dev.zhiku.generators.egress.MailSender.Encryption;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where alarms go, and what raises some of them; {@code zhiku.alarms}.
 *
 * @param webhook address of this machine or a private network that takes JSON by POST
 * @param mail server of this machine or a private network that takes messages
 * @param queue files that may wait or be read; more raise an alarm, 0 never does
 * @param failedFiles files that may have failed; more raise an alarm, 0 never does
 * @param freeBytes room on the disk of the data folder; less raises an alarm, 0 never does
 */
public record AlarmConfig(
    Optional<URI> webhook, Mail mail, int queue, int failedFiles, long freeBytes) {
  /** Nothing goes anywhere. */
  public static final AlarmConfig NONE = new AlarmConfig(Optional.empty(), Mail.NONE, 0, 0, 0);

  public AlarmConfig {
    if (webhook.filter(address -> address.getRawUserInfo() != null).isPresent()) {
      throw new IllegalArgumentException("zhiku.alarms.webhook must hold no name and password");
    }
    if (queue < 0 || failedFiles < 0 || freeBytes < 0) {
      throw new IllegalArgumentException(
          "zhiku.alarms.queue, failed-files and free-bytes must be 0 or more");
    }
  }

  /**
   * {@code zhiku.alarms.mail}.
   *
   * @param host of the server; empty for none
   * @param port 1 to 65,535
   * @param from address of the sender
   * @param to addresses of those who are told, at most {@link #MOST_RECIPIENTS}
   * @param user account at the server; empty where it takes messages of everybody
   * @param passwordFile holds the password of the account on its first line
   */
  public record Mail(
      Optional<String> host,
      int port,
      Encryption encryption,
      Optional<String> from,
      List<String> to,
      Optional<String> user,
      Optional<Path> passwordFile) {
    /** Most addresses that are told. */
    public static final int MOST_RECIPIENTS = 20;

    /** None. */
    public static final Mail NONE =
        new Mail(
            Optional.empty(),
            25,
            Encryption.NONE,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    private static final int MOST_PORT = 65_535;
    private static final Pattern ADDRESS =
        Pattern.compile("[^\\s@<>,;\"\\p{Cntrl}]{1,64}@[^\\s@<>,;\"\\p{Cntrl}]{1,255}");

    public Mail {
      to = List.copyOf(to);
      if (port < 1 || port > MOST_PORT) {
        throw new IllegalArgumentException(
            "zhiku.alarms.mail.port must be 1.." + MOST_PORT + ", got " + port);
      }
      if (to.size() > MOST_RECIPIENTS) {
        throw new IllegalArgumentException(
            "zhiku.alarms.mail.to must be at most " + MOST_RECIPIENTS + " addresses");
      }
      from.ifPresent(address -> checkAddress("from", address));
      to.forEach(address -> checkAddress("to", address));
      if (host.isPresent() && (from.isEmpty() || to.isEmpty())) {
        throw new IllegalArgumentException(
            "zhiku.alarms.mail.host needs zhiku.alarms.mail.from and zhiku.alarms.mail.to");
      }
      if (user.isPresent() != passwordFile.isPresent()) {
        throw new IllegalArgumentException(
            "zhiku.alarms.mail.user and zhiku.alarms.mail.password-file must be set both or"
                + " neither");
      }
      if (user.isPresent() && encryption == Encryption.NONE) {
        throw new IllegalArgumentException(
            "zhiku.alarms.mail.encryption must be starttls or tls where there is a password, which"
                + " others could read otherwise");
      }
    }

    private static void checkAddress(String name, String address) {
      if (!ADDRESS.matcher(address).matches()) {
        throw new IllegalArgumentException(
            "zhiku.alarms.mail."
                + name
                + " must be addresses such as zhiku@example.org, got "
                + address);
      }
    }
  }
}
