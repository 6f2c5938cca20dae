package dev.zhiku.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.server.http.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard that comes with the service draws what the service counts. */
class DashboardTest {
  private static final Pattern METER = Pattern.compile("zhiku_[a-z_]+");

  private static Set<String> meters(String text) {
    return METER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void every_meter_is_drawn_and_every_one_drawn_is_there(@TempDir Path folder) throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(Path.of("../docs/grafana.json").toFile());
    Set<String> drawn = new TreeSet<>();
    dashboard
        .path("panels")
        .forEach(
            panel ->
                panel
                    .path("targets")
                    .forEach(target -> drawn.addAll(meters(target.path("expr").asText()))));
    try (TestServer server = TestServer.start(folder)) {
      server.meters.query("total", Duration.ofMillis(4));
      server.meters.generated("extractive", 1);
      String served =
          server
              .get("/metrics")
              .body()
              .lines()
              .filter(line -> !line.startsWith("#"))
              .collect(Collectors.joining("\n"));

      Set<String> counted = meters(served);
      assertThat(counted).containsAll(drawn);
      counted.remove("zhiku_query_seconds_max");
      assertThat(drawn).containsExactlyElementsOf(counted);
    }
  }
}
