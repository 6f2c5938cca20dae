package dev.zhiku.server.http;

import static dev.zhiku.answering.problem.ProblemCode.NOT_FOUND;

import dev.zhiku.answering.problem.Problem;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The page and what it is made of: files of the module {@code web}, libraries as WebJars. Only what
 * exists is remembered, so that many wrong addresses cost no memory.
 */
@Controller
@Hidden
@Produces(MediaType.ALL)
final class PageController {
  private static final String PAGE = "public";
  private static final String LIBRARIES = "META-INF/resources/webjars";

  /** The page changes with an upgrade: browsers ask each time, and mostly hear "not modified". */
  private static final String ASK_AGAIN = "no-cache";

  /** A library's address carries its version. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private static final String PDF_WORKER = "pdfjs-dist/[^/]+/legacy/build/pdf\\.worker\\.min\\.mjs";

  private final Map<String, Asset> known = new ConcurrentHashMap<>();
  private final PageEntry entry = PageEntry.packaged();
  private final ServerConfig server;

  PageController(ServerConfig server) {
    this.server = server;
  }

  @Get("/")
  HttpResponse<?> page(HttpRequest<?> request) {
    return serve(request, entry.asset(), ASK_AGAIN);
  }

  /**
   * The page too: it reads the invitation from what stands behind the {@code #}, which is not sent.
   */
  @Get("/invite")
  HttpResponse<?> invitation(HttpRequest<?> request) {
    return serve(request, entry.asset(), ASK_AGAIN);
  }

  /**
   * What the page is made of, at addresses that change with it; a page of before an upgrade gets
   * what there is now.
   */
  @Get("/assets/{fingerprint:[0-9a-f]+}/{+path}")
  HttpResponse<?> asset(HttpRequest<?> request, String fingerprint, String path) {
    return serve(request, PAGE, path, entry.isCurrent(fingerprint) ? FOR_EVER : ASK_AGAIN);
  }

  @Get("/{name:[a-z0-9-]+}.js")
  HttpResponse<?> script(HttpRequest<?> request, String name) {
    return serve(request, PAGE, name + ".js", ASK_AGAIN);
  }

  /** What browsers read to offer asking from their address bar. */
  @Get("/opensearch.xml")
  HttpResponse<?> openSearch(HttpRequest<?> request) {
    return HttpResponse.ok(SearchDescription.of(BaseAddress.of(server, request)))
        .contentType(SearchDescription.TYPE)
        .header(HttpHeaders.CACHE_CONTROL, ASK_AGAIN);
  }

  @Get("/favicon.svg")
  HttpResponse<?> icon(HttpRequest<?> request) {
    return serve(request, PAGE, "favicon.svg", ASK_AGAIN);
  }

  @Get("/components/{+path}")
  HttpResponse<?> component(HttpRequest<?> request, String path) {
    return serve(request, PAGE, "components/" + path, ASK_AGAIN);
  }

  @Get("/styles/{+path}")
  HttpResponse<?> style(HttpRequest<?> request, String path) {
    return serve(request, PAGE, "styles/" + path, ASK_AGAIN);
  }

  @Get("/webjars/{+path}")
  HttpResponse<?> library(HttpRequest<?> request, String path) {
    MutableHttpResponse<?> response = serve(request, LIBRARIES, path, FOR_EVER);
    return path.matches(PDF_WORKER)
        ? response.header("Content-Security-Policy", PagePolicy.ofPdfWorker())
        : response;
  }

  private MutableHttpResponse<?> serve(
      HttpRequest<?> request, String folder, String path, String caching) {
    return serve(request, asset(folder, path), caching);
  }

  private static MutableHttpResponse<?> serve(HttpRequest<?> request, Asset asset, String caching) {
    boolean has =
        request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH).stream()
            .anyMatch(tags -> tags.contains(asset.tag()));
    return (has
            ? HttpResponse.notModified()
            : HttpResponse.ok(asset.bytes()).contentType(asset.type()))
        .header(HttpHeaders.ETAG, asset.tag())
        .header(HttpHeaders.CACHE_CONTROL, caching);
  }

  private Asset asset(String folder, String path) {
    String name = folder + "/" + path;
    Asset asset = known.get(name);
    if (asset == null) {
      asset = Asset.find(folder, path).orElseThrow(() -> new Problem(NOT_FOUND));
      known.put(name, asset);
    }
    return asset;
  }
}
