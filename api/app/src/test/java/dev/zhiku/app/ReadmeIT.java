package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.app.config.ConfigLoader;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.testing.Proxies;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The first pages, done as they say. A block after {@code <!-- snippet: NAME -->} is run, and what
 * it brings is held to the block after {@code <!-- output: NAME -->}.
 */
class ReadmeIT {
  private static final String ADDRESS = "http://127.0.0.1:8650";
  private static final Set<String> SNIPPETS = Set.of("ask", "curl", "zhiku.yml", "model.yml");
  private static final Set<String> OUTPUTS = Set.of("ask", "curl");
  private static final Set<String> THE_TWO_COMMANDS = Set.of("./zhiku serve\n", "./mvnw verify\n");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh.md"})
  void every_command_is_one_of_the_two_or_a_snippet_that_is_run_here(String page) {
    List<MarkdownFile.Block> blocks = read(page).blocks();

    assertThat(names(blocks, "snippet")).isEqualTo(SNIPPETS);
    assertThat(names(blocks, "output")).isEqualTo(OUTPUTS);
    assertThat(blocks)
        .filteredOn(block -> block.role().isEmpty())
        .extracting(MarkdownFile.Block::text)
        .containsOnlyOnceElementsOf(THE_TWO_COMMANDS)
        .hasSameSizeAs(THE_TWO_COMMANDS);
  }

  private static Set<String> names(List<MarkdownFile.Block> blocks, String role) {
    return blocks.stream()
        .filter(block -> block.role().equals(Optional.of(role)))
        .map(MarkdownFile.Block::name)
        .collect(Collectors.toSet());
  }

  @Test
  void the_questions_are_answered_as_shown() throws IOException, InterruptedException {
    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitRest(ServiceProcess.PATIENCE);
      for (String page : List.of("README.md", "README.zh.md")) {
        ask(read(page));
        curl(read(page), service.url());
      }
    }
  }

  private void ask(MarkdownFile page) {
    List<String> words = words(text(page, "snippet", "ask"));
    assertThat(words.removeFirst()).isEqualTo("./zhiku");

    Ended ended = ServiceProcess.run(home, words.toArray(String[]::new));

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output().lines())
        .containsSubsequence(text(page, "output", "ask").lines().toList());
  }

  private static List<String> words(String command) {
    return WORD.matcher(command)
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static void curl(MarkdownFile page, String url) throws IOException, InterruptedException {
    assumeTrue(isInstalled("curl"), "needs curl");
    String command = text(page, "snippet", "curl");
    assertThat(command).contains(ADDRESS);
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command.replace(ADDRESS, url))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Proxies.unset(builder);
    Process curl = builder.start();
    String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(curl.waitFor()).isZero();

    JsonNode answer = JSON.readTree(output);
    assertThat(answer.path("status").asText()).isEqualTo("answered");
    holds(answer, JSON.readTree(text(page, "output", "curl")));
  }

  /** Every field that the page shows; an ellipsis stands for anything. */
  private static void holds(JsonNode actual, JsonNode shown) {
    if (shown.isObject()) {
      shown.properties().forEach(field -> holds(actual.path(field.getKey()), field.getValue()));
    } else if (shown.isArray()) {
      for (int i = 0; i < shown.size(); i++) {
        holds(actual.path(i), shown.get(i));
      }
    } else if (shown.isTextual()) {
      assertThat(actual.asText()).matches(pattern(shown.asText()));
    } else {
      assertThat(actual).isEqualTo(shown);
    }
  }

  private static String pattern(String shown) {
    return Arrays.stream(shown.split("…", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining(".+"));
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh.md"})
  void the_settings_shown_are_taken_and_change_something(String page) throws IOException {
    ConfigLoader loader = new ConfigLoader(home, Map.of());
    ZhikuConfig defaults = loader.load(Optional.empty(), Map.of());

    Files.writeString(home.resolve("zhiku.yml"), text(read(page), "snippet", "zhiku.yml"));
    ZhikuConfig changed = loader.load(Optional.empty(), Map.of());

    assertThat(changed.server()).isNotEqualTo(defaults.server());
    assertThat(changed.folder()).isNotEqualTo(defaults.folder());

    Files.writeString(home.resolve("zhiku.yml"), text(read(page), "snippet", "model.yml"));
    assertThat(loader.load(Optional.empty(), Map.of()).generator().backend())
        .isEqualTo(GeneratorConfig.Backend.OLLAMA);
  }

  private static MarkdownFile read(String page) {
    return MarkdownFile.read(ServiceProcess.repository().resolve(page));
  }

  private static String text(MarkdownFile page, String role, String name) {
    return page.blocks().stream()
        .filter(block -> block.role().equals(Optional.of(role)) && block.name().equals(name))
        .map(MarkdownFile.Block::text)
        .collect(Collectors.joining());
  }
}
