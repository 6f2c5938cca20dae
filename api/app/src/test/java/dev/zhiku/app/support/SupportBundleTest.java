package dev.zhiku.app.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.config.ConfigLoader;
import dev.zhiku.app.config.ZhikuConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupportBundleTest {
  /** Stands for whatever users write or name. */
  private static final String MARK = "zzsecretzz";

  private static final String LOG =
      """
      2026-11-30T08:00:00.000Z WARN  [zhiku-parse zzsecretzz] IngestWorker zzsecretzz.pdf waits: no zzsecretzz
      2026-11-30T08:00:01.000Z ERROR [main] DocumentPipeline A fault while reading zzsecretzz.pdf
      java.lang.IllegalStateException: zzsecretzz is broken
      \tat dev.zhiku.ingest.pipeline.DocumentPipeline.read(DocumentPipeline.java:258)
      Caused by: java.io.IOException: zzsecretzz
      \t... 12 common frames omitted
      a second line of zzsecretzz
      {"timestamp":1796032882000,"level":"WARN","threadName":"zzsecretzz","loggerName":"dev.zhiku.A",\
      "formattedMessage":"\\"level\\":\\"zzsecretzz\\"","throwable":{"className":"java.io.IOException","message":"zzsecretzz"}}
      """;

  @TempDir private Path folder = Path.of("");

  private ZhikuConfig config() throws IOException {
    Files.writeString(
        folder.resolve("zhiku.yml"),
        """
        zhiku:
          folder: ./zzsecretzz
          server: {public-url: "https://zzsecretzz.example", port: 9123}
          generator: {backend: ollama, ollama: {model: zzsecretzz}}
          queue: {waiting: 33}
        """);
    return new ConfigLoader(folder, Map.of()).load(Optional.empty(), Map.of());
  }

  private static String read(Path zip) throws IOException {
    StringBuilder all = new StringBuilder();
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream parts = new ZipInputStream(in, StandardCharsets.UTF_8)) {
      for (ZipEntry part = parts.getNextEntry(); part != null; part = parts.getNextEntry()) {
        all.append("== ").append(part.getName()).append('\n');
        all.append(new String(parts.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }

  @Test
  void it_tells_how_things_are_and_nothing_that_users_wrote_or_named() throws IOException {
    Path logs = Files.createDirectories(folder.resolve("data/logs"));
    Files.writeString(logs.resolve("zhiku.log"), LOG);
    try (OutputStream old =
        new GZIPOutputStream(Files.newOutputStream(logs.resolve("zhiku.2026-11-29.0.log.gz")))) {
      old.write(LOG.replace("11-30", "11-29").getBytes(StandardCharsets.UTF_8));
    }
    SupportBundle.Said said =
        new SupportBundle.Said(
            Map.of(
                "version",
                "0.1.0",
                "passages",
                77,
                "sources",
                List.of(Map.of("name", MARK, "root", "/srv/" + MARK, "online", false))),
            Map.of(
                "status",
                "degraded",
                "degraded",
                List.of(Map.of("part", "source", "name", MARK, "detail", MARK))),
            "zhiku_queue_depth 4.0\n");

    Path zip = folder.resolve("help.zip");
    List<String> parts = new SupportBundle(config(), "0.1.0").write(zip, Optional.of(said));

    assertThat(parts)
        .containsExactly(
            "about.json",
            "configuration.txt",
            "status.json",
            "ready.json",
            "metrics.txt",
            "log.txt");
    assertThat(read(zip))
        .doesNotContain(MARK)
        .contains(
            "\"java.version\":",
            "\"logs_bytes\":",
            "zhiku.queue.waiting = 33\n",
            "zhiku.server.port = 9123\n",
            "zhiku.server.publicUrl = set\n",
            "zhiku.generator.backend = OLLAMA\n",
            "\"passages\":77",
            "\"online\":false",
            "\"name\":\"(10 characters)\"",
            "\"part\":\"source\"",
            "zhiku_queue_depth 4.0",
            "2026-11-29T08:00:00.000Z WARN",
            "2026-11-30T08:00:01.000Z ERROR DocumentPipeline\n",
            "    java.lang.IllegalStateException\n",
            "    at dev.zhiku.ingest.pipeline.DocumentPipeline.read(DocumentPipeline.java:258)\n",
            "    Caused by: java.io.IOException\n",
            "{\"timestamp\":1796032882000,\"level\":\"WARN\",\"loggerName\":\"dev.zhiku.A\"");
  }
}
