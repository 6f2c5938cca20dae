package dev.zhiku.server.http;

import io.micronaut.http.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file of the page, from the class path. Its bytes are shared and never written to. */
final class Asset {
  /** Parts of letters, digits, dots, dashes and underscores; none begins with a dot. */
  private static final Pattern SAFE = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");

  private static final Map<String, MediaType> TYPES =
      Map.ofEntries(
          entry("html", "text/html; charset=utf-8"),
          entry("js", "text/javascript; charset=utf-8"),
          entry("mjs", "text/javascript; charset=utf-8"),
          entry("css", "text/css; charset=utf-8"),
          entry("json", "application/json"),
          entry("svg", "image/svg+xml"),
          entry("png", "image/png"),
          entry("ico", "image/x-icon"),
          entry("woff2", "font/woff2"),
          entry("ttf", "font/ttf"),
          entry("pfb", "application/octet-stream"),
          entry("bcmap", "application/octet-stream"),
          entry("webmanifest", "application/manifest+json"));

  private final byte[] bytes;
  private final MediaType type;
  private final String tag;

  private static Map.Entry<String, MediaType> entry(String ending, String type) {
    return Map.entry(ending, MediaType.of(type));
  }

  private Asset(byte[] bytes, MediaType type, String tag) {
    this.bytes = bytes;
    this.type = type;
    this.tag = tag;
  }

  byte[] bytes() {
    return bytes;
  }

  MediaType type() {
    return type;
  }

  /** Changes with the bytes. */
  String tag() {
    return tag;
  }

  /**
   * Reads a file below a folder of the class path; empty if there is none, if its name could lead
   * elsewhere, or if its ending is none that a page needs.
   */
  static Optional<Asset> find(String folder, String path) {
    MediaType type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (type == null || !SAFE.matcher(path).matches()) {
      return Optional.empty();
    }
    try (InputStream in = Asset.class.getResourceAsStream("/" + folder + "/" + path)) {
      return in == null ? Optional.empty() : Optional.of(of(in.readAllBytes(), type));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page that is no file. */
  static Asset html(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8), Objects.requireNonNull(TYPES.get("html")));
  }

  /** Of the same type. */
  Asset withBytes(byte[] others) {
    return of(others, type);
  }

  private static Asset of(byte[] bytes, MediaType type) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Asset(bytes, type, '"' + HexFormat.of().formatHex(hash, 0, 16) + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
