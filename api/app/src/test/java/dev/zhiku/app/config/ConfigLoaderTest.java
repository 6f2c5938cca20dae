package dev.zhiku.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.GeneratorConfig.Backend;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.query.AnswerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  @TempDir Path folder;

  private ZhikuConfig load(String yaml) throws IOException {
    Files.writeString(folder.resolve("zhiku.yml"), yaml);
    return new ConfigLoader(folder, Map.of()).load(Optional.empty(), Map.of());
  }

  private List<String> problemsOf(String yaml) throws IOException {
    Files.writeString(folder.resolve("zhiku.yml"), yaml);
    return problems(new ConfigLoader(folder, Map.of()), Map.of());
  }

  private static List<String> problems(ConfigLoader loader, Map<String, String> options) {
    BadConfiguration bad =
        catchThrowableOfType(BadConfiguration.class, () -> loader.load(Optional.empty(), options));
    assertThat(bad).isNotNull();
    return bad.problems().stream().map(ConfigProblem::toString).toList();
  }

  @Test
  void only_kinds_that_are_known_are_covered() throws IOException {
    assertThat(problemsOf("zhiku: {masking: {reader: [email, passport]}}"))
        .singleElement()
        .asString()
        .contains(
            "zhiku.masking.reader[1] must be one of id-card, phone, bank-card, email, got passport");
  }

  @Test
  void without_any_setting_the_documented_defaults_hold() {
    ZhikuConfig config = new ConfigLoader(folder, Map.of()).load(Optional.empty(), Map.of());

    assertThat(config.data()).isEqualTo(folder.resolve("data"));
    assertThat(config.folder()).contains(folder.resolve("knowledge"));
    assertThat(config.server().host()).isEqualTo("127.0.0.1");
    assertThat(config.server().port()).isEqualTo(8650);
    assertThat(config.generator().backend()).isEqualTo(Backend.EXTRACTIVE);
    assertThat(config.generator().reasoning())
        .isEqualTo(AnswerConfig.DEFAULT.reasoning())
        .isFalse();
    assertThat(config.generator().maxReasoningTokens()).isEqualTo(4_096);
    assertThat(config.generator().ollama().baseUrl())
        .isEqualTo(URI.create("http://127.0.0.1:11434"));
    assertThat(config.generator().native_().threads()).isEqualTo("auto");
    assertThat(config.ingest().maxFileBytes()).isEqualTo(512L << 20);
    assertThat(config.ingest().keepFreeBytes()).isEqualTo(256L << 20);
    assertThat(config.uploads().maxFileBytes()).isEqualTo(256L << 20);
    assertThat(config.queue().waiting()).isEqualTo(64);
  }

  @Test
  void every_key_of_the_reference_is_read() throws IOException {
    ZhikuConfig config =
        load(
            """
            zhiku:
              data: d
              folder: f
              sources:
                - {name: share, path: s, read-only: true, include: ["**/*.pdf"], exclude: [old/**], scan: 90s}
              samples: {enabled: false}
              server:
                host: "::1"
                port: 9000
                public-url: https://kb.example
                allowed-hosts: [kb]
                allowed-origins: ["https://portal"]
                trusted-proxies: [10.0.0.1, 10.1.0.0/16]
                user-header: X-Forwarded-User
                questions-per-minute: 30
                tls: {certificate: c.pem, key: k.pem}
              generator:
                max-answer-tokens: 100
                reasoning: true
                max-reasoning-tokens: 200
                first-token-timeout: 1m
                idle-timeout: 2s
                deadline: 1h
                allowed-hosts: [203.0.113.5]
                download-hosts: [mirror.intranet]
                native: {model-path: m.gguf, context-tokens: 1000, slots: 3, threads: 4}
                ollama: {base-url: "http://o:1", model: x, context-tokens: 2000, keep-alive: 1m, concurrency: 3, cloud-models: ["a:cloud"]}
                openai: {base-url: "http://203.0.113.5:2/v1", model: y, api-key-file: key, context-tokens: 3000, concurrency: 4}
              embedding: {backend: hashing}
              ingest: {parsers: 3, ocr: "off", max-file-bytes: 1GB, keep-free-bytes: 2GB}
              uploads: {enabled: false, max-file-bytes: 1KB}
              queue: {waiting: 5}
            """);

    assertThat(config.data()).isEqualTo(folder.resolve("d"));
    assertThat(config.folder()).contains(folder.resolve("f"));
    assertThat(config.sources())
        .containsExactly(
            new ZhikuConfig.Source(
                "share",
                folder.resolve("s"),
                Optional.of(true),
                List.of("**/*.pdf"),
                List.of("old/**"),
                Optional.of(Duration.ofSeconds(90))));
    assertThat(config.samples().enabled()).isFalse();
    assertThat(config.server().publicUrl()).contains(URI.create("https://kb.example"));
    assertThat(config.server().userHeader()).contains("X-Forwarded-User");
    assertThat(config.server().questionsPerMinute()).contains(30);
    assertThat(config.server().tls().certificate()).contains(folder.resolve("c.pem"));
    assertThat(config.generator().native_().modelPath()).contains(folder.resolve("m.gguf"));
    assertThat(config.generator().openai().apiKeyFile()).contains(folder.resolve("key"));
    assertThat(config.generator().deadline()).isEqualTo(Duration.ofHours(1));
    assertThat(config.generator().reasoning()).isTrue();
    assertThat(config.generator().downloadHosts()).containsExactly("mirror.intranet");
    assertThat(config.generator().ollama().allowsCloud("A:cloud")).isTrue();
    assertThat(config.generator().maxReasoningTokens()).isEqualTo(200);
    assertThat(config.embedding().backend()).isEqualTo(EmbeddingConfig.Backend.HASHING);
    assertThat(config.ingest().ocr()).isEqualTo(ZhikuConfig.IngestSettings.Ocr.OFF);
    assertThat(config.ingest().keepFreeBytes()).isEqualTo(2L << 30);
    assertThat(config.uploads().maxFileBytes()).isEqualTo(1024);
    assertThat(config.queue().waiting()).isEqualTo(5);
  }

  @Test
  void all_problems_are_named_at_once_with_the_nearest_key() throws IOException {
    List<String> problems =
        problemsOf(
            """
            zhiku:
              server: {prot: 9000, host: 127.0.0.1}
              ingest: {parsers: many}
              queue: {waiting: 0}
              audit: {keep-days: -1}
              colour: red
            """);

    assertThat(problems)
        .anySatisfy(p -> assertThat(p).contains("zhiku.server.prot", "zhiku.server.port?"))
        .anySatisfy(p -> assertThat(p).contains("zhiku.ingest.parsers", "whole number", "many"))
        .anySatisfy(p -> assertThat(p).contains("zhiku.queue.waiting must be 1..10000, got 0"))
        .anySatisfy(p -> assertThat(p).contains("zhiku.audit.keep-days must be 0..100000, got -1"))
        .anySatisfy(p -> assertThat(p).contains("zhiku.colour is not a key"))
        .hasSize(5);
  }

  @Test
  void a_key_store_takes_the_place_of_certificate_and_key() throws IOException {
    ServerConfig.Tls tls =
        load("zhiku: {server: {tls: {key-store: c.p12, password-file: p, self-signed: true}}}")
            .server()
            .tls();

    assertThat(tls.keyStore()).contains(folder.resolve("c.p12"));
    assertThat(tls.passwordFile()).contains(folder.resolve("p"));
    assertThat(tls.selfSigned()).isTrue();
    assertThat(tls.isOn()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server: 5| keys of its own",
        "server: {port: 70000}| must be 0..65535, got 70000",
        "server: {tls: {certificate: c.pem}}| both certificate and key",
        "server: {tls: {key-store: c.p12}}| both key-store and password-file",
        "server: {tls: {certificate: c, key: k, key-store: s, password-file: p}}| not both",
        "server: {public-url: intranet}| an http or https address",
        "server: {allowed-origins: ['*']}| without *, got *",
        "server: {allowed-origins: ['https://portal/app']}| without a path",
        "server: {allowed-origins: [portal.intranet]}| such as https://portal.intranet",
        "server: {allowed-origins: ['null']}| must list origins",
        "generator: {backend: native}| zhiku.generator.native.model-path must name a GGUF file",
        "generator: {backend: gpt}| one of extractive, native, ollama, openai, got gpt",
        "generator: {deadline: soon}| a duration such as 30s",
        "generator: {reasoning: sometimes}| zhiku.generator.reasoning must be true or false, got"
            + " sometimes",
        "generator: {max-reasoning-tokens: 131073}| must be 0..131072, got 131073",
        "generator: {reasoning: true, max-reasoning-tokens: 0}| must be 1 or more where"
            + " zhiku.generator.reasoning is true, got 0",
        "generator: {ollama: {base-url: 'http://169.254.169.254'}}| zhiku.generator.ollama.base-url"
            + " must be of this machine or of a private network",
        "generator: {openai: {base-url: 'https://8.8.8.8/v1'}}| name it in"
            + " zhiku.generator.allowed-hosts",
        "embedding: {ollama: {base-url: 'http://8.8.8.8'}}| zhiku.embedding.ollama.base-url must be"
            + " of this machine",
        "generator: {ollama: {base-url: 'http://user:pw@127.0.0.1'}}| without a name, a password",
        "generator: {backend: ollama, ollama: {model: 'gpt-oss:120b-cloud'}}| name it in"
            + " zhiku.generator.ollama.cloud-models",
        "embedding: {backend: onnx-folder}| zhiku.embedding.onnx-folder.path must name a folder",
        "reranker: {budget: 0ms}| zhiku.reranker.budget must be longer than 0, got 0ms",
        "reranker: {max-tokens: 4}| zhiku.reranker.max-tokens must be 16..8192, got 4",
        "embedding: {backend: openai}| zhiku.embedding.openai.model must name a model",
        "embedding: {openai: {base-url: 'http://8.8.8.8/v1'}}| zhiku.embedding.openai.base-url must"
            + " be of this machine",
        "embedding: {openai: {max-tokens: 1}}| zhiku.embedding.openai.max-tokens must be"
            + " 16..131072",
        "embedding: {onnx-folder: {dimension: 5000}}| zhiku.embedding.onnx-folder.dimension must be"
            + " 0..4096",
        "embedding: {onnx-folder: {max-tokens: 8}}| zhiku.embedding.onnx-folder.max-tokens must be"
            + " 16..8192",
        "embedding: {onnx-folder: {languages: []}}| zhiku.embedding.onnx-folder.languages must name"
            + " chinese, english",
        "embedding: {onnx-folder: {pooling: max}}| zhiku.embedding.onnx-folder.pooling must be one"
            + " of mean, cls, last",
        "embedding: {ollama: {model: 'glm-4.6:cloud'}}| zhiku.embedding.ollama.model glm-4.6:cloud"
            + " is run in Ollama's cloud",
        "uploads: {max-file-bytes: big}| a size such as 512MB",
        "uploads: {enabled: perhaps}| true or false",
        "sources: [{name: share}]| zhiku.sources[0].path must be set",
        "sources: [{name: share, path: s, colour: 1}]| zhiku.sources[0].colour is not a key",
        "sources: [share]| must be a group of keys",
      })
  void a_bad_value_is_refused_with_its_rule(String setting, String rule) throws IOException {
    assertThat(problemsOf("zhiku:\n  " + setting + "\n"))
        .anySatisfy(problem -> assertThat(problem).contains(rule));
  }

  @Test
  void a_file_that_is_not_yaml_or_not_utf8_or_not_ours_says_so() throws IOException {
    assertThat(problemsOf("zhiku: [")).anySatisfy(p -> assertThat(p).contains("not YAML"));
    assertThat(problemsOf("server: {port: 1}"))
        .anySatisfy(p -> assertThat(p).contains("under zhiku:", "server"));
    Files.write(
        folder.resolve("zhiku.yml"), "zhiku:\n  data: 数据\n".getBytes(Charset.forName("GBK")));
    assertThat(problems(new ConfigLoader(folder, Map.of()), Map.of()))
        .anySatisfy(p -> assertThat(p).contains("not in UTF-8"));
  }

  @Test
  void a_named_file_that_is_missing_is_a_problem() {
    BadConfiguration bad =
        catchThrowableOfType(
            BadConfiguration.class,
            () ->
                new ConfigLoader(folder, Map.of())
                    .load(Optional.of(Path.of("none.yml")), Map.of()));
    assertThat(bad.problems()).singleElement().asString().contains("none.yml", "cannot be read");
  }

  @Test
  void options_win_over_environment_over_file() throws IOException {
    Files.writeString(
        folder.resolve("zhiku.yml"), "zhiku: {server: {port: 1}, queue: {waiting: 1}, data: a}");
    ConfigLoader loader =
        new ConfigLoader(folder, Map.of("ZHIKU_SERVER_PORT", "2", "ZHIKU_QUEUE_WAITING", "2"));

    ZhikuConfig config = loader.load(Optional.empty(), Map.of("server.port", "3"));

    assertThat(config.server().port()).isEqualTo(3);
    assertThat(config.queue().waiting()).isEqualTo(2);
    assertThat(config.data()).isEqualTo(folder.resolve("a"));
  }

  @Test
  void a_mistyped_variable_is_a_problem_but_the_launchers_own_is_not() {
    assertThat(problems(new ConfigLoader(folder, Map.of("ZHIKU_SERVER_PROT", "1")), Map.of()))
        .singleElement()
        .asString()
        .contains("ZHIKU_SERVER_PROT", "ZHIKU_SERVER_PORT?");
    assertThat(
            new ConfigLoader(folder, Map.of("ZHIKU_JAVA_OPTS", "-Xmx2g"))
                .load(Optional.empty(), Map.of()))
        .isNotNull();
  }

  @Test
  void paths_in_a_file_resolve_against_its_folder() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("etc"));
    Files.writeString(elsewhere.resolve("kb.yml"), "zhiku: {folder: docs}");

    ZhikuConfig config =
        new ConfigLoader(folder, Map.of())
            .load(Optional.of(Path.of("etc/kb.yml")), Map.of("data", "mine"));

    assertThat(config.folder()).contains(elsewhere.resolve("docs"));
    assertThat(config.data()).isEqualTo(folder.resolve("mine"));
  }

  @Test
  void listed_sources_replace_the_default_folder_but_not_one_that_was_set() throws IOException {
    String sources = "sources: [{name: share, path: s}]";
    assertThat(load("zhiku: {" + sources + "}").folder()).isEmpty();
    assertThat(load("zhiku: {folder: f, " + sources + "}").folder()).contains(folder.resolve("f"));
  }
}
