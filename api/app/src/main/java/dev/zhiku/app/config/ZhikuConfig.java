package dev.zhiku.app.config;

import dev.zhiku.answering.search.RerankerConfig;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.server.alarm.AlarmConfig;
import dev.zhiku.server.audit.AuditConfig;
import dev.zhiku.server.backup.BackupConfig;
import dev.zhiku.server.conversations.ConversationsConfig;
import dev.zhiku.server.documents.UploadsConfig;
import dev.zhiku.server.embed.EmbedConfig;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.masking.MaskingConfig;
import dev.zhiku.server.ollama.OllamaApiConfig;
import dev.zhiku.server.webhooks.WebhookConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be configured, key by key as in the packaged {@code defaults.yml}.
 *
 * @param data everything the service owns lies under it
 * @param folder shorthand for one source named {@code knowledge}; its default holds only where no
 *     sources are listed
 * @param sources further sources
 */
public record ZhikuConfig(
    Path data,
    Optional<Path> folder,
    List<Source> sources,
    Samples samples,
    ServerConfig server,
    GeneratorConfig generator,
    EmbeddingConfig embedding,
    RerankerConfig reranker,
    IngestSettings ingest,
    UploadsConfig uploads,
    ConversationsConfig conversations,
    OllamaApiConfig ollamaApi,
    MaskingConfig masking,
    AuditConfig audit,
    BackupConfig backup,
    AlarmConfig alarms,
    WebhookConfig webhooks,
    EmbedConfig embed,
    Log log,
    Queue queue) {

  public ZhikuConfig {
    sources = List.copyOf(sources);
    GeneratorConfig.near(
        "zhiku.embedding.ollama.base-url", embedding.ollama().baseUrl(), generator.allowedHosts());
    GeneratorConfig.near(
        "zhiku.embedding.openai.base-url", embedding.openai().baseUrl(), generator.allowedHosts());
    generator.ollama().requireOwn("zhiku.embedding.ollama.model", embedding.ollama().model());
  }

  /**
   * One of {@code zhiku.sources}.
   *
   * @param readOnly nobody uploads to it or deletes from it through the service
   * @param include globs over the path inside the source; none means every file
   * @param exclude globs over the path inside the source
   * @param scan how often the whole folder is looked through, events or not; empty for the default
   */
  public record Source(
      String name,
      Path path,
      Optional<Boolean> readOnly,
      List<String> include,
      List<String> exclude,
      Optional<Duration> scan) {
    public Source {
      include = List.copyOf(include);
      exclude = List.copyOf(exclude);
      if (!SourceConfig.isName(name)) {
        throw new IllegalArgumentException(
            "zhiku.sources: a name has 1 to 64 letters, digits, dots, dashes or underscores, got "
                + name);
      }
    }
  }

  /**
   * {@code zhiku.samples}.
   *
   * @param enabled whether the samples may be shown until the first own file arrives
   */
  public record Samples(boolean enabled) {}

  /**
   * {@code zhiku.ingest}.
   *
   * @param parsers parser children, 1 to 16
   * @param maxFileBytes larger files are refused
   * @param keepFreeBytes with less free on the data folder's disk nothing new is read or uploaded
   */
  public record IngestSettings(int parsers, Ocr ocr, long maxFileBytes, long keepFreeBytes) {
    private static final int MOST_PARSERS = 16;

    /** Text recognition. */
    public enum Ocr {
      AUTO,
      OFF
    }

    public IngestSettings {
      if (parsers < 1 || parsers > MOST_PARSERS) {
        throw new IllegalArgumentException(
            "zhiku.ingest.parsers must be 1.." + MOST_PARSERS + ", got " + parsers);
      }
      if (maxFileBytes < 1) {
        throw new IllegalArgumentException(
            "zhiku.ingest.max-file-bytes must be 1 or more, got " + maxFileBytes);
      }
      if (keepFreeBytes < 0) {
        throw new IllegalArgumentException(
            "zhiku.ingest.keep-free-bytes must be 0 or more, got " + keepFreeBytes);
      }
    }
  }

  /**
   * {@code zhiku.log}.
   *
   * @param format of an entry of the log in the data folder
   */
  public record Log(Format format) {
    /** Forms of an entry. */
    public enum Format {
      /** A line for people. */
      TEXT,
      /** An object for programs. */
      JSON
    }
  }

  /**
   * {@code zhiku.queue}.
   *
   * @param waiting questions that may wait for a generator, 1 to 10,000
   */
  public record Queue(int waiting) {
    private static final int MOST = 10_000;

    public Queue {
      if (waiting < 1 || waiting > MOST) {
        throw new IllegalArgumentException(
            "zhiku.queue.waiting must be 1.." + MOST + ", got " + waiting);
      }
    }
  }
}
