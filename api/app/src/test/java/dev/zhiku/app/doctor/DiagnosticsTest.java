package dev.zhiku.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.config.ConfigLoader;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.doctor.Machine.Gpu;
import dev.zhiku.generators.library.InstalledModel;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.child.ChildWall;
import dev.zhiku.server.access.AccessKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticsTest {
  private static final Machine GOOD =
      new Machine(
          8,
          0.5,
          16L << 30,
          1L << 40,
          List.of(),
          65_536,
          Optional.of(Path.of("/usr/bin/tesseract")),
          ChildWall.State.UP);
  private static final ServerProbe NOBODY =
      ServerProbe.ofOllama(
          Optional.of(new Phrase("It cannot be reached.", "无法连接。")),
          List.of(),
          OptionalDouble.empty());

  @TempDir private Path home;

  private ZhikuConfig config(String... settings) {
    Map<String, String> options =
        List.of(settings).stream()
            .map(setting -> setting.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    return new ConfigLoader(home, Map.of()).load(Optional.empty(), options);
  }

  private static ServerProbe server(String model, int contextTokens) {
    InstalledModel there =
        new InstalledModel(
            model,
            InstalledModel.Library.OLLAMA,
            1,
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(contextTokens),
            List.of(),
            Optional.empty());
    return ServerProbe.ofOllama(Optional.empty(), List.of(there), OptionalDouble.of(7));
  }

  private static String troubles(Machine machine, ZhikuConfig config, ServerProbe server) {
    return Diagnostics.of(machine, config, server).stream()
        .filter(Diagnosis::isTrouble)
        .map(f -> f.what().english() + " -> " + f.remedy().orElseThrow().english())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void a_good_machine_has_no_trouble_and_an_absent_server_that_nobody_chose_is_none() {
    assertThat(troubles(GOOD, config(), NOBODY)).isEmpty();
  }

  @Test
  void the_form_of_prompts_is_told_where_a_model_writes() {
    ServerProbe known =
        new ServerProbe(
            Optional.empty(),
            List.of(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("deepseek-r1"));

    assertThat(Diagnostics.of(GOOD, config(), known))
        .extracting(finding -> finding.what().english())
        .anyMatch(line -> line.startsWith("Prompts are written in the form deepseek-r1;"));
  }

  @Test
  void each_trouble_of_the_machine_has_its_remedy_in_both_languages() {
    Machine poor =
        new Machine(
            1,
            7.25,
            1L << 30,
            1 << 20,
            List.of(),
            256,
            Optional.empty(),
            ChildWall.State.NOT_INSTALLED);

    assertThat(troubles(poor, config(), NOBODY))
        .contains("7.3 programs want to compute on 1 cores")
        .contains(
            "zhiku.ingest.parsers",
            "--data",
            "ulimit -n",
            "apt install tesseract",
            "apt install bubblewrap");
    for (Diagnosis finding : Diagnostics.of(poor, config(), NOBODY)) {
      assertThat(finding.what().in(Locale.CHINESE)).containsPattern("\\p{IsHan}");
      assertThat(finding.what().in(Locale.ENGLISH)).doesNotContainPattern("\\p{IsHan}");
      finding
          .remedy()
          .ifPresent(r -> assertThat(r.in(Locale.CHINESE)).containsPattern("\\p{IsHan}"));
    }
  }

  @Test
  void an_ollama_elsewhere_that_refuses_is_explained_and_one_here_is_started() {
    assertThat(
            troubles(
                GOOD,
                config(
                    "generator.backend=ollama", "generator.ollama.base-url=http://10.0.0.9:11434"),
                NOBODY))
        .contains("OLLAMA_HOST=0.0.0.0");
    assertThat(troubles(GOOD, config("generator.backend=ollama"), NOBODY))
        .contains("ollama serve")
        .doesNotContain("OLLAMA_HOST");
  }

  @Test
  void a_missing_model_and_a_context_beyond_its_training_are_told() {
    ZhikuConfig config =
        config(
            "generator.backend=ollama",
            "generator.ollama.model=a:1b",
            "generator.ollama.context-tokens=9000");

    assertThat(troubles(GOOD, config, server("b:1b", 100_000))).contains("zhiku model pull a:1b");
    assertThat(troubles(GOOD, config, server("a:1b", 4_096)))
        .contains("context-tokens to 4096 or less");
    assertThat(troubles(GOOD, config, server("a:1b", 9_000))).isEmpty();
  }

  @Test
  void a_server_of_openais_protocol_and_an_embedding_model_are_looked_at_where_they_are_chosen()
      throws IOException {
    Phrase refused = new Phrase("It refuses.", "被拒绝。");
    ServerProbe both =
        new ServerProbe(
            Optional.empty(),
            List.of(),
            OptionalDouble.empty(),
            Optional.of(refused),
            Optional.of(refused),
            Optional.empty());
    Path key = home.resolve("model.key");
    Files.writeString(key, "secret");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    ZhikuConfig config =
        config(
            "generator.backend=openai",
            "generator.openai.api-key-file=" + key,
            "embedding.backend=ollama");

    assertThat(troubles(GOOD, config, both))
        .contains("zhiku.generator.openai", "chmod 600 " + key, "ollama pull bge-m3");
    assertThat(
            troubles(GOOD, config("embedding.backend=openai", "embedding.openai.model=e5"), both))
        .contains("zhiku.embedding.openai");
    assertThat(troubles(GOOD, config(), both)).isEmpty();
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    assertThat(troubles(GOOD, config, NOBODY)).isEmpty();
  }

  @Test
  void who_lets_others_in_is_told_of_the_internet_and_without_tls_of_that() throws IOException {
    AccessKeys.create(Files.createDirectories(home.resolve("data")).resolve("access.key"));

    assertThat(troubles(GOOD, config("server.host=0.0.0.0"), NOBODY)).contains("--tls self-signed");
    assertThat(troubles(GOOD, config("server.host=0.0.0.0", "server.tls.self-signed=true"), NOBODY))
        .isEmpty();
    assertThat(
            Diagnostics.of(GOOD, config("server.public-url=https://kb.example.com"), NOBODY)
                .stream()
                .map(found -> found.what().english()))
        .anyMatch(line -> line.contains("internet") && line.contains("register"));
    assertThat(Diagnostics.of(GOOD, config(), NOBODY).stream().map(found -> found.what().english()))
        .noneMatch(line -> line.contains("internet"));
  }

  @Test
  void keys_that_others_may_read_and_keys_that_are_missing_are_told() throws IOException {
    assertThat(troubles(GOOD, config("server.host=0.0.0.0"), NOBODY)).contains("zhiku key new");
    Path keys = Files.createDirectories(home.resolve("data")).resolve("access.key");
    Files.writeString(keys, "nothing");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(troubles(GOOD, config(), NOBODY)).contains("chmod 600");
  }

  @Test
  void a_configuration_for_a_proxy_needs_keys_and_the_reason_is_told() throws IOException {
    ZhikuConfig proxied = config("server.public-url=https://kb.example.com");
    assertThat(troubles(GOOD, proxied, NOBODY)).contains("zhiku.server.public-url", "key new");

    AccessKeys.create(Files.createDirectories(home.resolve("data")).resolve("access.key"));
    assertThat(troubles(GOOD, proxied, NOBODY)).doesNotContain("key new");
  }

  @Test
  void a_graphics_card_is_a_reason_for_nothing_as_long_as_native_is_not_chosen() {
    Machine withCard =
        new Machine(
            8,
            8,
            16L << 30,
            1L << 40,
            List.of(new Gpu("card", 1L << 33)),
            65_536,
            GOOD.tesseract(),
            ChildWall.State.UP);

    assertThat(troubles(withCard, config(), NOBODY)).isEmpty();
  }
}
