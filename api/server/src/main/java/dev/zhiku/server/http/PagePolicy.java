package dev.zhiku.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Content-Security-Policy of everything we serve but originals: our own scripts and styles, the
 * one inline import map by its hash, and nothing from anywhere else.
 */
final class PagePolicy {
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private PagePolicy() {}

  /** The policy for the packaged page; without a page no inline script is allowed at all. */
  static String packaged() {
    try (InputStream page = PagePolicy.class.getResourceAsStream("/public/index.html")) {
      return page == null ? of("") : of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String of(String page) {
    Matcher importMap = IMPORT_MAP.matcher(page);
    String hash = importMap.find() ? " 'sha256-" + sha256(importMap.group(1)) + "'" : "";
    return "default-src 'none'; script-src 'self'"
        + hash
        + "; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
        + "manifest-src 'self'; "
        + "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        + "object-src 'none'; require-trusted-types-for 'script'; "
        + "trusted-types lit-html zhiku-pdf-worker";
  }

  /**
   * The policy of the worker that reads PDF files: it may ask this service, and compile the decoder
   * of pictures that it brings; it loads no script, and runs none that a file holds.
   */
  static String ofPdfWorker() {
    return "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'";
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
