package dev.zhiku.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageControllerTest {
  private static final Pattern USED = Pattern.compile("(?:src|href)=\"(/[^\"#?]+)\"");
  private static final Pattern IMPORTED = Pattern.compile("\"(/webjars/[^\"]+\\.js)\"");
  private static final Pattern PRELOADED =
      Pattern.compile("rel=\"modulepreload\" href=\"([^\"]+)\"");
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void the_page_and_all_it_names_are_served_with_their_types() {
    HttpResponse<String> page = server.get("/?q=vacation");
    List<String> used = found(USED, page.body());

    assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(used)
        .anyMatch(path -> path.endsWith("/app.js"))
        .anyMatch(path -> path.endsWith("/favicon.svg"))
        .hasSizeGreaterThan(5);
    assertThat(used)
        .allSatisfy(path -> assertThat(server.get(path).statusCode()).as(path).isEqualTo(200));
    assertThat(found(IMPORTED, page.body()))
        .isNotEmpty()
        .allSatisfy(path -> assertThat(server.get(path).statusCode()).as(path).isEqualTo(200));
  }

  @Test
  void the_worker_that_reads_pdf_files_has_a_policy_of_its_own_and_the_rest_that_of_the_page() {
    String folder = "/webjars/pdfjs-dist/4.10.38/";
    HttpResponse<String> worker = server.get(folder + "legacy/build/pdf.worker.min.mjs");
    HttpResponse<String> library = server.get(folder + "legacy/build/pdf.min.mjs");

    assertThat(worker.headers().firstValue("content-type"))
        .contains("text/javascript; charset=utf-8");
    assertThat(worker.headers().allValues("content-security-policy"))
        .containsExactly("default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'");
    assertThat(library.headers().allValues("content-security-policy"))
        .singleElement()
        .asString()
        .contains("require-trusted-types-for 'script'")
        .doesNotContain("wasm");
    for (String part : List.of("cmaps/UniGB-UCS2-H.bcmap", "standard_fonts/FoxitSerif.pfb")) {
      assertThat(server.get(folder + part).statusCode()).as(part).isEqualTo(200);
    }
  }

  @Test
  void all_of_the_page_is_named_in_it_and_kept_for_good_until_it_changes() {
    String page = server.get("/").body();
    List<String> preloaded = found(PRELOADED, page);
    List<String> own =
        found(USED, page).stream()
            .filter(path -> !isLibrary(path) && !path.equals("/opensearch.xml"))
            .toList();
    String app = own.stream().filter(path -> path.endsWith("/app.js")).findFirst().orElseThrow();

    assertThat(preloaded)
        .anyMatch(path -> path.endsWith("/components/ask/ask.js"))
        .anyMatch(path -> path.endsWith("/lit-html.js"))
        .noneMatch(path -> path.contains("katex") || path.contains("pdfjs"))
        .doesNotHaveDuplicates();
    assertThat(own)
        .allSatisfy(path -> assertThat(path).matches("/assets/[0-9a-f]{16}/.*"))
        .allSatisfy(path -> assertThat(caching(path)).contains("immutable"));
    assertThat(preloaded)
        .filteredOn(path -> path.endsWith(".js"))
        .allSatisfy(path -> assertThat(imports(path)).allMatch(preloaded::contains));
    assertThat(caching(app.replaceFirst("[0-9a-f]{16}", "0123456789abcdef"))).isEqualTo("no-cache");
  }

  @Test
  void a_browser_reads_how_to_ask_from_its_address_bar() {
    HttpResponse<String> description = server.get("/opensearch.xml");

    assertThat(description.headers().firstValue("content-type"))
        .contains("application/opensearchdescription+xml; charset=utf-8");
    assertThat(description.body())
        .contains("template=\"" + server.uri("/") + "?q={searchTerms}\"")
        .startsWith("<?xml");
    assertThat(server.get("/").body())
        .contains("type=\"application/opensearchdescription+xml\"", "href=\"/opensearch.xml\"");
  }

  @Test
  void the_frame_for_other_pages_is_off_until_it_is_configured() {
    assertThat(server.get("/embed").statusCode()).isEqualTo(404);
    assertThat(server.get("/embed.js").statusCode()).isEqualTo(404);
  }

  private static boolean isLibrary(String path) {
    return path.startsWith("/webjars/");
  }

  private static String caching(String path) {
    return server.get(path).headers().firstValue("cache-control").orElse("");
  }

  /** The neighbours that a module of the page imports, by their addresses. */
  private static List<String> imports(String path) {
    return found(Pattern.compile("from '([.][^']+)'"), server.get(path).body()).stream()
        .map(name -> URI.create(path).resolve(name).getPath())
        .toList();
  }

  @Test
  void what_is_loaded_when_it_is_wanted_is_not_named_but_changes_the_addresses_too() {
    PageEntry entry = PageEntry.packaged();

    assertThat(entry.covers("/components/manage/panel.js")).isTrue();
    assertThat(entry.covers("/messages-manage-en.js")).isTrue();
    assertThat(new String(entry.asset().bytes(), StandardCharsets.UTF_8))
        .contains("/header.js")
        .doesNotContain("manage/panel.js", "messages-manage");
  }

  @Test
  void the_page_can_be_installed_where_browsers_offer_it() {
    HttpResponse<String> manifest = server.get("/components/app/app.webmanifest");

    assertThat(manifest.headers().firstValue("content-type")).hasValue("application/manifest+json");
    assertThat(manifest.body()).contains("\"start_url\": \"/\"", "icon-512.png");
    assertThat(server.get("/").headers().firstValue("content-security-policy").orElse(""))
        .contains("manifest-src 'self'");
    assertThat(server.get("/components/app/icon-512.png").statusCode()).isEqualTo(200);
  }

  @Test
  void the_policy_allows_the_import_map_by_its_hash_and_no_other_inline_script() throws Exception {
    HttpResponse<String> page = server.get("/");
    String importMap = found(IMPORT_MAP, page.body()).getFirst();
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(importMap.getBytes(StandardCharsets.UTF_8));

    assertThat(page.headers().firstValue("content-security-policy").orElse(""))
        .contains("script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';")
        .doesNotContain("unsafe");
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8, no-cache",
    "/app.js, text/javascript; charset=utf-8, no-cache",
    "/styles/base.css, text/css; charset=utf-8, no-cache",
    "/favicon.svg, image/svg+xml, no-cache",
    "/webjars/lit/3.3.2/index.js, text/javascript; charset=utf-8, 'public, max-age=31536000,"
        + " immutable'",
  })
  void each_file_says_what_it_is_and_how_long_it_keeps(String path, String type, String caching) {
    HttpResponse<String> response = server.get(path);
    String tag = response.headers().firstValue("etag").orElseThrow();

    assertThat(response.headers().firstValue("content-type")).contains(type);
    assertThat(response.headers().firstValue("cache-control")).contains(caching);
    assertThat(server.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(server.send("HEAD", path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/styles/..%2findex.html",
        "/styles/%2e%2e/index.html",
        "/styles/..%5cindex.html",
        "/styles/../../application.yml",
        "/webjars/..%2f..%2f..%2fapplication.yml",
        "/webjars/lit",
        "/webjars/lit/3.3.2/package.json%00.js",
        "/components/",
        "/components//etc/passwd",
        "/components/.hidden.js",
        "/styles/%ff.css",
        "/application.js",
      })
  void no_address_leads_out_of_the_page(String path) {
    String response =
        RawHttp.exchange(
            server.port(),
            "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(response).matches("(?s)HTTP/1.1 40[04] .*").contains("\"code\":\"");
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }
}
