package dev.zhiku.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.answering.masking.MaskedKind;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.app.config.ConfigLoader;
import dev.zhiku.app.config.LoadedConfig;
import dev.zhiku.app.config.SettingsFile;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.server.settings.SettingsControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedSettingsTest {
  @TempDir private Path home;
  private final List<ZhikuConfig> masked = new ArrayList<>();
  private final List<ZhikuConfig> opened = new ArrayList<>();
  private ManagedSettings settings;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(home.resolve("data"));
    Files.writeString(home.resolve("zhiku.yml"), "zhiku: {server: {port: 9000}}");
    settings = open();
  }

  private LoadedConfig load() {
    return new ConfigLoader(home, Map.of("ZHIKU_QUEUE_WAITING", "7"))
        .read(Optional.empty(), Map.of());
  }

  private ManagedSettings open() {
    LoadedConfig loaded = load();
    GeneratorSwitch generator =
        new GeneratorSwitch(
            loaded,
            config -> {
              opened.add(config);
              return new ExtractiveBackend(new Semaphore(1));
            },
            backend -> {});
    return new ManagedSettings(loaded, generator, Map.of("masking.", masked::add));
  }

  @Test
  void a_live_one_holds_at_once_and_after_the_next_start() {
    assertThat(settings.change("masking.reader", Optional.of("phone, email")).needsRestart())
        .isFalse();
    assertThat(masked.getLast().masking().reader())
        .containsExactly(MaskedKind.PHONE, MaskedKind.EMAIL);
    assertThat(settings.get("masking.reader").from()).isEqualTo(SettingsFile.FILE_NAME);
    assertThat(load().config().masking().reader()).hasSize(2);

    settings.change("masking.reader", Optional.empty());

    assertThat(masked.getLast().masking().reader()).isEmpty();
    assertThat(settings.get("masking.reader").from()).isEqualTo("defaults");
  }

  @Test
  void limits_of_answers_open_the_generator_anew() {
    settings.change("generator.max-answer-tokens", Optional.of("99"));
    assertThat(opened.getLast().generator().maxAnswerTokens()).isEqualTo(99);
  }

  @Test
  void another_one_holds_from_the_next_start_on() {
    SettingsFile file = new SettingsFile(home.resolve("data"));
    assertThat(settings.change("backup.keep", Optional.of("3")).needsRestart()).isTrue();
    assertThat(settings.get("backup.keep").running()).isEqualTo("7");
    assertThat(file.values()).containsEntry("backup.keep", "3");
    assertThat(open().get("backup.keep").needsRestart()).isFalse();
  }

  @Test
  void what_a_file_of_the_user_or_the_environment_sets_is_locked() {
    assertThat(settings.get("server.port").locked()).isTrue();
    assertThat(settings.get("queue.waiting").from()).isEqualTo("environment");
    assertThatThrownBy(() -> settings.change("server.port", Optional.of("1")))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.SETTING_LOCKED));
  }

  @Test
  void a_wrong_value_is_refused_with_the_rule_and_nothing_is_written() {
    assertThatThrownBy(() -> settings.change("backup.keep", Optional.of("0")))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.SETTING_REFUSED));
    assertThatThrownBy(() -> settings.change("masking.reader", Optional.of("fax")))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> settings.change("data", Optional.of("elsewhere")))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.SETTING_NOT_FOUND));
    assertThat(home.resolve("data").resolve(SettingsFile.FILE_NAME)).doesNotExist();
  }

  @Test
  void every_setting_is_listed_with_where_it_is_from() {
    assertThat(settings.all()).hasSizeGreaterThan(80).noneMatch(one -> one.from().isEmpty());
  }

  @Test
  void what_names_a_file_a_program_or_a_host_is_changed_on_the_machine_alone() {
    assertThat(settings.all())
        .filteredOn(SettingsControl.Setting::onMachine)
        .extracting(SettingsControl.Setting::key)
        .contains(
            "generator.native.server",
            "generator.native.model-path",
            "generator.openai.base-url",
            "generator.openai.api-key-file",
            "generator.allowed-hosts",
            "generator.download-hosts",
            "server.trusted-proxies",
            "server.user-header",
            "backup.folder",
            "webhooks.url",
            "embed.origins")
        .doesNotContain(
            "masking.reader",
            "conversations.keep-days",
            "backup.at",
            "generator.backend",
            "generator.deadline",
            "generator.ollama.model",
            "uploads.enabled");
  }
}
