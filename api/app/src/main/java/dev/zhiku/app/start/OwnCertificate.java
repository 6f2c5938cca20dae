package dev.zhiku.app.start;

import dev.zhiku.app.start.CannotStart.Code;
import dev.zhiku.index.file.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * The certificate that the service makes for itself and nobody else has signed: below the data
 * folder, for the names and addresses that the machine has then. It stays until a month before its
 * end, so that who has compared its fingerprint once need not do so again.
 */
public final class OwnCertificate {
  /** The longest that browsers accept. */
  private static final int DAYS = 825;

  private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);
  private static final String ALIAS = "zhiku";
  private static final String PASSWORD_VARIABLE = "ZHIKU_NEW_STORE";

  private final Path folder;

  private OwnCertificate(Path folder) {
    this.folder = folder;
  }

  /** The one of this data folder, which may not be there yet. */
  public static OwnCertificate in(Path data) {
    return new OwnCertificate(data.resolve("tls"));
  }

  /** In PEM. */
  public Path certificate() {
    return folder.resolve("certificate.pem");
  }

  /** In PEM. */
  public Path key() {
    return folder.resolve("key.pem");
  }

  /**
   * Makes it, unless there is one that lasts.
   *
   * @param names names and addresses that it is for, beside those of loopback
   * @throws CannotStart if it cannot be made
   */
  public void makeIfNeeded(List<String> names) {
    try {
      if (!lasts()) {
        make(names);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          "zhiku.server.tls.self-signed: no certificate can be made in "
              + folder
              + ": "
              + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean lasts() throws IOException, GeneralSecurityException {
    if (!Files.exists(certificate()) || !Files.exists(key())) {
      return false;
    }
    X509Certificate made = ServedCertificate.read(certificate());
    return made.getNotAfter().toInstant().isAfter(Instant.now().plus(RENEWED_BEFORE_END));
  }

  private void make(List<String> names)
      throws IOException, GeneralSecurityException, InterruptedException {
    if (folder.getParent() != null) {
      DataFolder.makePrivate(folder.getParent());
    }
    DataFolder.makePrivate(folder);
    Path file = folder.resolve("new.p12");
    Files.deleteIfExists(file);
    String password = password();
    try {
      generate(file, password, names);
      KeyStore store = KeyStoreFile.open(file, password);
      Key secret = store.getKey(ALIAS, password.toCharArray());
      write(key(), "PRIVATE KEY", secret.getEncoded());
      write(certificate(), "CERTIFICATE", KeyStoreFile.certificate(store).getEncoded());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static String password() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** By the JDK's own tool, which every runtime has; the password is not on its command line. */
  private static void generate(Path store, String password, List<String> names)
      throws IOException, InterruptedException {
    ProcessBuilder keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-sigalg",
            "SHA256withECDSA",
            "-dname",
            "CN=Zhiku",
            "-ext",
            "SAN=" + alternatives(names),
            "-ext",
            "EKU=serverAuth",
            "-validity",
            Integer.toString(DAYS),
            "-storetype",
            "PKCS12",
            "-storepass:env",
            PASSWORD_VARIABLE,
            "-keystore",
            store.toString());
    keytool.environment().put(PASSWORD_VARIABLE, password);
    Process process = keytool.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool ended with " + process.exitValue() + ": " + said.strip());
    }
  }

  private static String alternatives(List<String> names) {
    TreeSet<String> all = new TreeSet<>(List.of("dns:localhost", "ip:127.0.0.1"));
    for (String name : names) {
      if (name.matches("[0-9.]+")) {
        all.add("ip:" + name);
      } else if (name.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) {
        all.add("dns:" + name);
      }
    }
    return String.join(",", all);
  }

  private static void write(Path file, String kind, byte[] bytes) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    DurableFile.write(
        file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
  }
}
