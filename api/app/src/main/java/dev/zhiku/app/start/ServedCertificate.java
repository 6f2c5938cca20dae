package dev.zhiku.app.start;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.server.http.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The certificate that the service shows, as those who start and use it know it. */
public final class ServedCertificate {
  private ServedCertificate() {}

  /**
   * That of the configuration, or the service's own if it has made one.
   *
   * @throws UncheckedIOException if the file cannot be read or holds none
   */
  public static Optional<X509Certificate> of(ZhikuConfig config) {
    ServerConfig.Tls tls = config.server().tls();
    try {
      if (tls.keyStore().isPresent() && tls.passwordFile().isPresent()) {
        String password = KeyStoreFile.password(tls.passwordFile().get());
        return Optional.of(
            KeyStoreFile.certificate(KeyStoreFile.open(tls.keyStore().get(), password)));
      }
      Path file = tls.certificate().orElse(OwnCertificate.in(config.data()).certificate());
      return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** The first one of a file in PEM. */
  static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
    try (InputStream pem = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
  }

  /** SHA-256 of the certificate as browsers show it: bytes in hexadecimal, colons between them. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").formatHex(hash).toUpperCase(Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
