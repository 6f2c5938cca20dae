package dev.zhiku.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zhiku.generators.GeneratorConfig.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
  private static final String BACKEND = "generator.backend";
  private static final String MODEL = "generator.ollama.model";

  @TempDir private Path folder;
  private Path data = Path.of("data");

  @BeforeEach
  void make_the_data_folder() throws IOException {
    data = Files.createDirectories(folder.resolve("data"));
  }

  private LoadedConfig read(Map<String, String> environment, Map<String, String> options) {
    return new ConfigLoader(folder, environment).read(Optional.empty(), options);
  }

  @Test
  void what_was_changed_holds_over_the_defaults_and_gives_way_to_everything_else()
      throws IOException {
    new SettingsFile(data).change(Set.of(BACKEND, MODEL), Map.of(BACKEND, "ollama", MODEL, "a:1"));

    assertThat(read(Map.of(), Map.of()).config().generator().backend()).isEqualTo(Backend.OLLAMA);
    assertThat(read(Map.of(), Map.of()).locked()).isEmpty();

    Files.writeString(
        folder.resolve("zhiku.yml"), "zhiku: {generator: {ollama: {model: \"b:2\"}}}");
    LoadedConfig byFile = read(Map.of(), Map.of());
    assertThat(byFile.config().generator().ollama().model()).isEqualTo("b:2");
    assertThat(byFile.config().generator().backend()).isEqualTo(Backend.OLLAMA);
    assertThat(byFile.locked()).containsOnlyKeys(MODEL);
    assertThat(byFile.locked().get(MODEL)).endsWith("zhiku.yml");

    LoadedConfig byVariable =
        read(Map.of("ZHIKU_GENERATOR_BACKEND", "openai"), Map.of("server.port", "0"));
    assertThat(byVariable.config().generator().backend()).isEqualTo(Backend.OPENAI);
    assertThat(byVariable.locked())
        .containsEntry(BACKEND, "environment")
        .containsEntry("server.port", "command line");
  }

  @Test
  void a_change_leaves_other_keys_alone_and_knows_what_was_before() {
    SettingsFile settings = new SettingsFile(data);
    assertThat(settings.previous()).isEmpty();

    settings.change(Set.of("queue.waiting"), Map.of("queue.waiting", "7"));
    settings.change(Set.of(BACKEND, MODEL), Map.of(BACKEND, "ollama", MODEL, "模型:7b"));
    assertThat(settings.previous()).contains(Map.of());
    settings.change(Set.of(BACKEND, MODEL), Map.of(BACKEND, "extractive"));

    assertThat(settings.values()).isEqualTo(Map.of(BACKEND, "extractive", "queue.waiting", "7"));
    assertThat(settings.previous()).contains(Map.of(BACKEND, "ollama", MODEL, "模型:7b"));
    assertThat(read(Map.of(), Map.of()).config().queue().waiting()).isEqualTo(7);
  }

  @Test
  void without_any_key_left_it_says_nothing() {
    SettingsFile settings = new SettingsFile(data);
    settings.change(Set.of(BACKEND), Map.of(BACKEND, "ollama"));
    settings.change(Set.of(BACKEND), Map.of());

    assertThat(settings.values()).isEmpty();
    assertThat(read(Map.of(), Map.of()).config().generator().backend())
        .isEqualTo(Backend.EXTRACTIVE);
  }

  @Test
  void it_is_looked_for_where_the_other_layers_say_that_the_data_lie() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    new SettingsFile(elsewhere).change(Set.of(BACKEND), Map.of(BACKEND, "openai"));

    assertThat(read(Map.of(), Map.of("data", "elsewhere")).config().generator().backend())
        .isEqualTo(Backend.OPENAI);
    assertThat(read(Map.of(), Map.of()).config().generator().backend())
        .isEqualTo(Backend.EXTRACTIVE);
  }

  @Test
  void other_settings_are_tried_without_being_written() {
    LoadedConfig tried = read(Map.of(), Map.of()).with().apply(Map.of(BACKEND, "ollama"));

    assertThat(tried.config().generator().backend()).isEqualTo(Backend.OLLAMA);
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void a_mistake_in_it_stops_the_start_with_the_name_of_the_file() throws IOException {
    Files.writeString(
        data.resolve(SettingsFile.FILE_NAME),
        "zhiku: {data: elsewhere, generator: {bakend: ollama}}");

    BadConfiguration bad =
        catchThrowableOfType(BadConfiguration.class, () -> read(Map.of(), Map.of()));

    assertThat(bad.problems()).hasSize(2);
    assertThat(bad.problems().toString())
        .contains("settings.yml", "zhiku.generator.bakend", "zhiku.data");
  }
}
