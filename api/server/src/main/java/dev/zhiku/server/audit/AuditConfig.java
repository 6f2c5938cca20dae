package dev.zhiku.server.audit;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is kept of who did what; {@code zhiku.audit}.
 *
 * @param questions whether the text of questions is kept too
 * @param keepDays days after which records go, whole files at a time; 0 keeps them
 * @param head where the head of the log goes once a day
 */
public record AuditConfig(boolean questions, int keepDays, Head head) {
  /** What holds unless configured otherwise. */
  public static final AuditConfig DEFAULT = new AuditConfig(false, 0, Head.NOWHERE);

  private static final int MOST_DAYS = 100_000;

  public AuditConfig {
    if (keepDays < 0 || keepDays > MOST_DAYS) {
      throw new IllegalArgumentException(
          "zhiku.audit.keep-days must be 0.." + MOST_DAYS + ", got " + keepDays);
    }
  }

  /**
   * {@code zhiku.audit.head}: servers of this machine or of a private network.
   *
   * @param webhook address that takes JSON by POST
   * @param syslog host and port that take RFC 5424 over UDP
   */
  public record Head(Optional<URI> webhook, Optional<String> syslog) {
    /** Nowhere. */
    public static final Head NOWHERE = new Head(Optional.empty(), Optional.empty());

    private static final Pattern SERVER = Pattern.compile("\\S+:\\d{1,5}");

    public Head {
      if (webhook.filter(address -> address.getRawUserInfo() != null).isPresent()) {
        throw new IllegalArgumentException(
            "zhiku.audit.head.webhook must hold no name and password");
      }
      if (syslog.filter(server -> !SERVER.matcher(server).matches()).isPresent()) {
        throw new IllegalArgumentException(
            "zhiku.audit.head.syslog must be a host, a colon and a port, got " + syslog.get());
      }
    }

    boolean isAny() {
      return webhook.isPresent() || syslog.isPresent();
    }
  }
}
