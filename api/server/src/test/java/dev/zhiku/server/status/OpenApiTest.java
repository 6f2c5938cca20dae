package dev.zhiku.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.server.http.TestServer;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class OpenApiTest {
  /** Routes of the page, which is no interface for programs, and those of other tests. */
  private static final Set<String> UNDESCRIBED =
      Set.of(
          "/",
          "/invite",
          "/{name:[a-z0-9-]+}.js",
          "/favicon.svg",
          "/opensearch.xml",
          "/plain",
          "/embed.js",
          "/embed");

  private static final Set<String> UNDESCRIBED_FOLDERS =
      Set.of("/assets/", "/components/", "/styles/", "/webjars/", "/failing/");

  @Test
  void every_route_is_described_and_every_description_is_a_route(@TempDir Path folder) {
    try (TestServer server = TestServer.start(folder, new TestServer.Settings().ollamaPort())) {
      HttpResponse<String> response = server.get("/openapi.yml");
      assertThat(response.headers().firstValue("content-type")).contains("application/yaml");

      assertThat(described(response.body())).isEqualTo(routes(server));
    }
  }

  @Test
  void every_error_code_is_described_and_every_operation_names_its_errors(@TempDir Path folder) {
    try (TestServer server = TestServer.start(folder)) {
      String yaml = server.get("/openapi.yml").body();

      assertThat(yaml)
          .contains(Stream.of(ProblemCode.values()).map(code -> "- " + code.wireName()).toList());
      long operations = count(yaml, "operationId:");
      assertThat(count(yaml, "\"4XX\":")).isEqualTo(operations);
      assertThat(count(yaml, "\"5XX\":")).isEqualTo(operations);
      assertThat(count(yaml, "\n        \"20[0124]\":")).isEqualTo(operations);
      assertThat(yaml).contains("indexed_at:", "next_cursor:").doesNotContain("indexedAt");
    }
  }

  @Test
  void the_limits_of_a_question_are_described_as_they_are(@TempDir Path folder) {
    try (TestServer server = TestServer.start(folder)) {
      assertThat(server.get("/openapi.yml").body())
          .contains(
              String.format(Locale.ROOT, "what is asked, 1 to %,d characters", Question.MAX_CHARS),
              "1 to " + SearchConfig.MAX_TOP_K + "; " + SearchConfig.DEFAULT.topK() + " if absent",
              "maximum: " + SearchConfig.MAX_TOP_K,
              "oldest first, at most " + Question.MAX_TURNS);
    }
  }

  private static long count(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }

  private static Set<String> routes(TestServer server) {
    return server
        .context()
        .getBean(Router.class)
        .uriRoutes()
        .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
        .filter(route -> !UNDESCRIBED.contains(path(route)))
        .filter(route -> UNDESCRIBED_FOLDERS.stream().noneMatch(path(route)::startsWith))
        .map(route -> route.getHttpMethod() + " " + path(route).replaceAll(":[^}]*}", "}"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String path(UriRouteInfo<?, ?> route) {
    String path = route.getUriMatchTemplate().toPathString();
    // What a variable must look like is described apart from its name.
    return path.startsWith("/v1/") || path.startsWith("/api/")
        ? path.replaceAll("\\{(\\w+):[^}]*}", "{$1}")
        : path;
  }

  @SuppressWarnings("unchecked")
  private static Set<String> described(String yaml) {
    Map<String, Object> api = new Yaml().load(yaml);
    Map<String, Map<String, Object>> paths =
        Objects.requireNonNull((Map<String, Map<String, Object>>) api.get("paths"));
    Set<String> described = new TreeSet<>();
    paths.forEach(
        (path, methods) ->
            methods
                .keySet()
                .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    return described;
  }
}
