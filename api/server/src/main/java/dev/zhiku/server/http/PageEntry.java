package dev.zhiku.server.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page as it is sent: {@code index.html} with addresses that carry a fingerprint of all files
 * it is made of, so that browsers keep them for good, and with all modules named, so that they are
 * fetched at once and not one after the other has been read.
 */
final class PageEntry {
  /** Where files are found whose address carries the fingerprint. */
  static final String FOLDER = "/assets/";

  private static final String PAGE = "public";
  private static final String LIBRARIES = "META-INF/resources/webjars";
  private static final Pattern USED =
      Pattern.compile(
          "((?:src|href)=\")/((?!webjars/)[\\w./-]+\\.(?:js|css|svg|png|webmanifest))\"");
  private static final Pattern MAPPED = Pattern.compile("\"([^\"]+)\": \"(/webjars/[^\"]*)\"");

  /** Modules named when they are wanted ({@code import(…)}) are left out. */
  private static final Pattern IMPORTED =
      Pattern.compile(
          "(?:\\bfrom\\s*|\\bimport\\s*)[\"']([^\"'\\s]+\\.js|[\\w@][\\w@/.-]*)[\"'](?!\\s*\\))");

  /** The page's own modules that are loaded when they are wanted. */
  private static final Pattern WANTED =
      Pattern.compile("\\bimport\\(\\s*[\"'](\\.[^\"'\\s]+\\.js)[\"']\\s*\\)");

  private final Map<String, Asset> files = new LinkedHashMap<>();

  /**
   * What is loaded when it is wanted: not named in the page, but kept by browsers like the rest.
   */
  private final Map<String, Asset> later = new LinkedHashMap<>();

  private final Map<String, String> importMap = new LinkedHashMap<>();
  private final String fingerprint;
  private final Asset asset;

  private PageEntry(Asset index) {
    String html = new String(index.bytes(), StandardCharsets.UTF_8);
    MAPPED.matcher(html).results().forEach(m -> importMap.put(m.group(1), m.group(2)));
    USED.matcher(html).results().forEach(m -> collect("/" + m.group(2)));
    List.copyOf(files.keySet()).forEach(this::collectWanted);
    fingerprint = digest(index);
    asset = index.withBytes(rewritten(html).getBytes(StandardCharsets.UTF_8));
  }

  /** Of the files on the class path, or what {@code index.html} is alone where that is missing. */
  static PageEntry packaged() {
    return new PageEntry(
        Asset.find(PAGE, "index.html").orElseGet(() -> Asset.html("<!doctype html>")));
  }

  Asset asset() {
    return asset;
  }

  /** Whether an address with this fingerprint names what there is now. */
  boolean isCurrent(String named) {
    return named.equals(fingerprint);
  }

  /** Whether the addresses of all files change when this one does. */
  boolean covers(String address) {
    return files.containsKey(address) || later.containsKey(address);
  }

  private void collect(String address) {
    if (files.containsKey(address)) {
      return;
    }
    boolean library = address.startsWith("/webjars/");
    Asset.find(library ? LIBRARIES : PAGE, address.substring(library ? "/webjars/".length() : 1))
        .ifPresent(
            file -> {
              files.put(address, file);
              if (address.endsWith(".js")) {
                imports(file, address).forEach(this::collect);
              }
            });
  }

  private void collectWanted(String address) {
    Asset file = files.getOrDefault(address, later.get(address));
    if (file == null || address.startsWith("/webjars/") || !address.endsWith(".js")) {
      return;
    }
    named(WANTED, file, address).forEach(this::collectLater);
  }

  private void collectLater(String address) {
    if (covers(address) || address.startsWith("/webjars/")) {
      return;
    }
    Asset.find(PAGE, address.substring(1))
        .ifPresent(
            file -> {
              later.put(address, file);
              imports(file, address).forEach(this::collectLater);
              collectWanted(address);
            });
  }

  private List<String> imports(Asset file, String address) {
    return named(IMPORTED, file, address);
  }

  private List<String> named(Pattern pattern, Asset file, String address) {
    Matcher matcher = pattern.matcher(new String(file.bytes(), StandardCharsets.UTF_8));
    return matcher
        .results()
        .map(match -> resolve(match.group(1), address))
        .filter(resolved -> !resolved.isEmpty())
        .toList();
  }

  /** The address that a module means by a name, or the empty string. */
  private String resolve(String name, String from) {
    if (name.startsWith(".")) {
      return URI.create(from).resolve(name).getPath();
    }
    String mapped = importMap.get(name);
    if (mapped != null) {
      return mapped;
    }
    return importMap.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("/") && name.startsWith(entry.getKey()))
        .max(Comparator.comparing(entry -> entry.getKey().length()))
        .map(entry -> entry.getValue() + name.substring(entry.getKey().length()))
        .orElse("");
  }

  private String rewritten(String html) {
    String base = FOLDER + fingerprint;
    String preloads =
        files.keySet().stream()
            .filter(address -> address.endsWith(".js") && !address.equals("/first-paint.js"))
            .map(address -> address.startsWith("/webjars/") ? address : base + address)
            .map(address -> "<link rel=\"modulepreload\" href=\"" + address + "\">\n  ")
            .collect(Collectors.joining());
    return USED.matcher(html)
        .replaceAll("$1" + base + "/$2\"")
        .replace("<script type=\"module\"", preloads + "<script type=\"module\"");
  }

  private String digest(Asset index) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(index.bytes());
      for (Map<String, Asset> each : List.of(files, later)) {
        each.forEach(
            (address, file) -> {
              digest.update(address.getBytes(StandardCharsets.UTF_8));
              digest.update(file.bytes());
            });
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
