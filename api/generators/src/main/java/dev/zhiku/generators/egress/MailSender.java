package dev.zhiku.generators.egress;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A mail server (SMTP) of this machine or of a private network that takes messages. Every attempt
 * is counted, and refused where the server lies elsewhere. Thread-safe.
 */
public final class MailSender {
  /** Longest subject, in characters; what is beyond is left out. */
  static final int MAX_SUBJECT_CHARS = 200;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Longest wait for an answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Server server;

  /** The encryption of a connection. */
  public enum Encryption {
    /** Not at all. */
    NONE,
    /** After the greeting, or nothing is sent. */
    STARTTLS,
    /** From the beginning. */
    TLS
  }

  /**
   * The password of an account at the server.
   *
   * @param user name of the account
   */
  public record Account(String user, String password) {
    /** Without the password. */
    @Override
    public String toString() {
      return user;
    }
  }

  /**
   * A server, and between whom it carries messages.
   *
   * @param host name or address
   * @param account none where the server takes messages of everybody
   * @param from address of the sender
   * @param to addresses of those who get the messages
   */
  public record Server(
      String host,
      int port,
      Encryption encryption,
      Optional<Account> account,
      String from,
      List<String> to) {
    public Server {
      to = List.copyOf(to);
    }
  }

  /** Nothing is sent yet. */
  public MailSender(Server server) {
    this.server = server;
  }

  /**
   * Sends a message, once.
   *
   * @param subject on one line; control characters become blanks
   * @param text plain
   * @throws IOException if the server is unknown, too far away, or does not take it
   */
  public void send(Instant at, String subject, String text) throws IOException {
    PinnedNames.Pin pin = pin();
    try {
      Session session = Session.getInstance(properties());
      transport(session, message(session, at, subject, text));
    } catch (MessagingException e) {
      throw new IOException(
          "the mail server " + server.host() + " did not take it: " + words(e), e);
    } finally {
      pin.close();
    }
  }

  private void transport(Session session, Message message) throws MessagingException {
    try (Transport transport = session.getTransport()) {
      transport.connect(
          server.host(),
          server.port(),
          server.account().map(Account::user).orElse(null),
          server.account().map(Account::password).orElse(null));
      transport.sendMessage(message, message.getAllRecipients());
    }
  }

  /** Until the message is there. */
  private PinnedNames.Pin pin() throws IOException {
    NearAddress near = new NearAddress();
    return Egress.ofProcess()
        .attempt(
            server.host(),
            Egress.Purpose.ALARM,
            () -> PinnedNames.pin(server.host(), address -> near.check(server.host(), address)));
  }

  private Properties properties() {
    boolean tls = server.encryption() == Encryption.TLS;
    boolean starts = server.encryption() == Encryption.STARTTLS;
    String name = tls ? "smtps" : "smtp";
    String prefix = "mail." + name + ".";
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", name);
    properties.setProperty(prefix + "connectiontimeout", millis(CONNECT_TIMEOUT));
    properties.setProperty(prefix + "timeout", millis(PATIENCE));
    properties.setProperty(prefix + "writetimeout", millis(PATIENCE));
    properties.setProperty(prefix + "auth", Boolean.toString(server.account().isPresent()));
    properties.setProperty(prefix + "starttls.enable", Boolean.toString(starts));
    properties.setProperty(prefix + "starttls.required", Boolean.toString(starts));
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    return properties;
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  private MimeMessage message(Session session, Instant at, String subject, String text)
      throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress(server.from(), true));
    for (String address : server.to()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
    }
    message.setSubject(oneLine(subject), StandardCharsets.UTF_8.name());
    message.setText(text, StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(at));
    message.setHeader("Auto-Submitted", "auto-generated");
    return message;
  }

  /** A name of somebody else in it may not become a header. */
  private static String oneLine(String subject) {
    String line = subject.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.substring(0, Math.min(line.length(), MAX_SUBJECT_CHARS));
  }

  private static String words(MessagingException failure) {
    return String.valueOf(failure.getMessage()).replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
