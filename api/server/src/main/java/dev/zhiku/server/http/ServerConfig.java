package dev.zhiku.server.http;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code zhiku.server}: where the service listens and who may talk to it.
 *
 * @param port 0 (any free one) to 65,535
 * @param publicUrl as users see it behind a proxy; its host is allowed
 * @param allowedHosts further values of {@code Host}, without port
 * @param allowedOrigins origins of other pages that may call, such as {@code https://intranet},
 *     each by its name
 * @param trustedProxies addresses and ranges of proxies, whose {@code X-Forwarded-For} is believed
 *     wherever the address of the asker counts
 * @param userHeader name of the header in which the trusted proxies tell which of the users that
 *     they have signed in asks; empty if they sign nobody in
 * @param questionsPerMinute most questions of each asker who is no administrator, 1 to 10,000;
 *     empty for no limit
 */
public record ServerConfig(
    String host,
    int port,
    Optional<URI> publicUrl,
    List<String> allowedHosts,
    List<String> allowedOrigins,
    List<String> trustedProxies,
    Optional<String> userHeader,
    Optional<Integer> questionsPerMinute,
    Tls tls) {
  /** Names of headers that mean something else already. */
  private static final Set<String> TAKEN =
      Set.of(
          "authorization",
          "cookie",
          "host",
          "origin",
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "content-type",
          "content-length",
          "accept-language",
          "user-agent");

  private static final int MOST_QUESTIONS = 10_000;

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,99}");

  /** Scheme, host, perhaps a port; of a browser's extension, its id. */
  private static final Pattern ORIGIN =
      Pattern.compile(
          "[A-Za-z][A-Za-z0-9+.-]*://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?/?");

  public ServerConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("zhiku.server.host must name an address, got nothing");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("zhiku.server.port must be 0..65535, got " + port);
    }
    allowedHosts = List.copyOf(allowedHosts);
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedOrigins.forEach(origin -> requireOrigin("zhiku.server.allowed-origins", origin));
    trustedProxies = List.copyOf(trustedProxies);
    trustedProxies.forEach(ServerConfig::requireAddress);
    userHeader.ifPresent(ServerConfig::requireHeader);
    if (userHeader.isPresent() && trustedProxies.isEmpty()) {
      throw new IllegalArgumentException(
          "zhiku.server.user-header needs zhiku.server.trusted-proxies: from anywhere else anybody"
              + " could write himself any name");
    }
    questionsPerMinute.ifPresent(ServerConfig::requireQuestions);
  }

  private static void requireQuestions(int most) {
    if (most < 1 || most > MOST_QUESTIONS) {
      throw new IllegalArgumentException(
          "zhiku.server.questions-per-minute must be 1.." + MOST_QUESTIONS + ", got " + most);
    }
  }

  private static void requireHeader(String name) {
    if (!HEADER.matcher(name).matches() || TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "zhiku.server.user-header must be the name of a header that holds the name of a user,"
              + " such as X-Forwarded-User, got "
              + name);
    }
  }

  /**
   * Each by its name: a star would let every page on the network read the answers.
   *
   * @param key of the configuration
   * @throws IllegalArgumentException if it is none
   */
  public static void requireOrigin(String key, String origin) {
    if (!ORIGIN.matcher(origin).matches()) {
      throw new IllegalArgumentException(
          key
              + " must list origins such as https://portal.intranet, without"
              + " a path and without *, got "
              + origin);
    }
  }

  private static void requireAddress(String proxy) {
    if (AddressRange.parse(proxy).isEmpty()) {
      throw new IllegalArgumentException(
          "zhiku.server.trusted-proxies must list addresses such as 10.0.0.7 or ranges such as"
              + " 10.0.0.0/24, got "
              + proxy);
    }
  }

  /**
   * {@code zhiku.server.tls}: where the certificate is from, one place of three or none.
   *
   * @param certificate in PEM, with {@code key}
   * @param key in PEM, without a password
   * @param keyStore certificate and key in one file of PKCS#12, with {@code passwordFile}
   * @param passwordFile holds the password of the key store on its first line
   * @param selfSigned the service makes one of its own below its data folder
   */
  public record Tls(
      Optional<Path> certificate,
      Optional<Path> key,
      Optional<Path> keyStore,
      Optional<Path> passwordFile,
      boolean selfSigned) {
    /** No encryption. */
    public static final Tls NONE =
        new Tls(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    public Tls {
      if (certificate.isPresent() != key.isPresent()) {
        throw new IllegalArgumentException(
            "zhiku.server.tls needs both certificate and key, or neither");
      }
      if (keyStore.isPresent() != passwordFile.isPresent()) {
        throw new IllegalArgumentException(
            "zhiku.server.tls needs both key-store and password-file, or neither");
      }
      if (certificate.isPresent() && keyStore.isPresent()) {
        throw new IllegalArgumentException(
            "zhiku.server.tls takes certificate and key, or a key-store, not both");
      }
    }

    /** Whether connections are encrypted; a certificate of its own has been put in by then. */
    public boolean isOn() {
      return certificate.isPresent() || keyStore.isPresent();
    }
  }
}
