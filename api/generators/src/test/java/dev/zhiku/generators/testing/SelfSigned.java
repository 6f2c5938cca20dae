package dev.zhiku.generators.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;

/** Certificates for {@code localhost} that nobody else has signed, made by the JDK's keytool. */
public final class SelfSigned {
  private static final char[] PASSWORD = "for-this-test-only".toCharArray();

  private SelfSigned() {}

  /** Writes a new certificate and its key in PEM; replaces files that are there. */
  public static void write(Path certificate, Path key)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path folder = Files.createTempDirectory("zhiku-tls");
    Path file = folder.resolve("store.p12");
    generate(file, new String(PASSWORD));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    Certificate made = store.getCertificate("zhiku");
    Key secret = store.getKey("zhiku", PASSWORD);
    Files.writeString(certificate, pem("CERTIFICATE", made.getEncoded()));
    Files.writeString(key, pem("PRIVATE KEY", secret.getEncoded()));
    Files.delete(file);
    Files.delete(folder);
  }

  /**
   * Writes a new certificate and its key in PKCS#12.
   *
   * @return the file
   */
  public static Path writeStore(Path store, String password)
      throws IOException, InterruptedException {
    generate(store, password);
    return store;
  }

  private static void generate(Path store, String password)
      throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "zhiku",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                password,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool ended with " + process.exitValue());
    }
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END "
        + kind
        + "-----\n";
  }
}
