package dev.zhiku.server;

import dev.zhiku.answering.explain.Explainer;
import dev.zhiku.answering.search.Reranker;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.library.ModelLibrary;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.source.SourceFiles;
import dev.zhiku.server.access.Access;
import dev.zhiku.server.access.Instance;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.backup.BackupSchedule;
import dev.zhiku.server.backup.Backups;
import dev.zhiku.server.conversations.Conversations;
import dev.zhiku.server.documents.UploadSpool;
import dev.zhiku.server.documents.UploadsConfig;
import dev.zhiku.server.embed.EmbedConfig;
import dev.zhiku.server.erasure.Erasure;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.identity.AskerUsage;
import dev.zhiku.server.identity.Identities;
import dev.zhiku.server.identity.SeenKeys;
import dev.zhiku.server.pictures.PictureText;
import dev.zhiku.server.query.AnswerConfig;
import dev.zhiku.server.query.AnswerRuns;
import dev.zhiku.server.settings.SettingsControl;
import dev.zhiku.server.sources.SourceControl;
import dev.zhiku.server.status.GeneratorState;
import dev.zhiku.server.status.IngestControl;
import dev.zhiku.server.status.Lifecycle;
import dev.zhiku.server.status.Meters;
import dev.zhiku.server.status.ServiceFacts;
import dev.zhiku.server.webhooks.ServiceEvents;

/**
 * Everything that controllers and filters need of the rest of the service. They are given the parts
 * one by one and close none of them.
 *
 * @param access who may do what
 * @param instance proves to commands on this machine that this service is theirs
 */
public record ServerParts(
    Settings settings,
    Access access,
    Keys keys,
    Instance instance,
    Documents documents,
    Answering answering,
    Operation operation) {

  /**
   * What is configured.
   *
   * @param answers what holds where a question does not say
   * @param embed which pages may show a frame to ask in
   */
  public record Settings(
      ServerConfig server,
      UploadsConfig uploads,
      SearchConfig search,
      AnswerConfig answers,
      EmbedConfig embed) {}

  /**
   * Keys of applications and persons.
   *
   * @param usage what the keys were used for
   * @param seen where keys stand that should stand nowhere
   */
  public record Keys(Identities identities, AskerUsage usage, SeenKeys seen) {}

  /**
   * The documents.
   *
   * @param index what questions are answered from
   * @param files the originals
   * @param spool where uploads wait
   */
  public record Documents(
      DocumentCatalog catalog,
      KnowledgeIndex index,
      SourceFiles files,
      UploadSpool spool,
      IngestControl ingest,
      SourceControl sources) {}

  /** Answering questions, what is kept of them, and the models that do it. */
  public record Answering(
      AnswerRuns runs,
      Conversations conversations,
      Explainer explainer,
      ModelLibrary models,
      GeneratorState generator,
      Embedders embedders,
      Reranker reranker,
      PictureText pictures) {}

  /**
   * How the service itself is.
   *
   * @param backups makes copies of the data folder
   * @param schedule makes them when they are due
   * @param audit is told who did what
   * @param erasure is told what was deleted
   * @param events is told what happens
   * @param control changes settings
   */
  public record Operation(
      ServiceFacts facts,
      Lifecycle lifecycle,
      StoreHealth health,
      Meters meters,
      Backups backups,
      BackupSchedule schedule,
      AuditLog audit,
      Erasure erasure,
      ServiceEvents events,
      SettingsControl control) {}
}
