package dev.zhiku.server;

import dev.zhiku.answering.explain.Explainer;
import dev.zhiku.answering.search.Reranker;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.library.ModelLibrary;
import dev.zhiku.index.KnowledgeIndex;
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
import dev.zhiku.server.embedding.EmbeddingModels;
import dev.zhiku.server.erasure.Erasure;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.identity.AccessRules;
import dev.zhiku.server.identity.AskerUsage;
import dev.zhiku.server.identity.Identities;
import dev.zhiku.server.identity.NamedKeys;
import dev.zhiku.server.identity.Persons;
import dev.zhiku.server.identity.SeenKeys;
import dev.zhiku.server.pictures.PictureText;
import dev.zhiku.server.query.AnswerConfig;
import dev.zhiku.server.query.AnswerRuns;
import dev.zhiku.server.settings.SettingsControl;
import dev.zhiku.server.sources.SourceControl;
import dev.zhiku.server.status.EmbedderState;
import dev.zhiku.server.status.GeneratorState;
import dev.zhiku.server.status.IngestControl;
import dev.zhiku.server.status.Lifecycle;
import dev.zhiku.server.status.Meters;
import dev.zhiku.server.status.ServiceFacts;
import dev.zhiku.server.webhooks.ServiceEvents;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;

/** The beans that controllers and filters are constructed with: each part of the server's. */
@Factory
final class ServerBeans {
  private final ServerParts parts;

  ServerBeans(ServerParts parts) {
    this.parts = parts;
  }

  @Singleton
  ServerConfig server() {
    return parts.settings().server();
  }

  @Singleton
  UploadsConfig uploads() {
    return parts.settings().uploads();
  }

  @Singleton
  SearchConfig search() {
    return parts.settings().search();
  }

  @Singleton
  AnswerConfig answers() {
    return parts.settings().answers();
  }

  @Singleton
  EmbedConfig embed() {
    return parts.settings().embed();
  }

  @Singleton
  Access access() {
    return parts.access();
  }

  @Singleton
  NamedKeys keys() {
    return parts.keys().identities().named();
  }

  @Singleton
  Persons persons() {
    return parts.keys().identities().persons();
  }

  @Singleton
  AccessRules rules() {
    return parts.keys().identities().rules();
  }

  @Singleton
  Identities identities() {
    return parts.keys().identities();
  }

  @Singleton
  AskerUsage usage() {
    return parts.keys().usage();
  }

  @Singleton
  SeenKeys seenKeys() {
    return parts.keys().seen();
  }

  @Singleton
  Instance instance() {
    return parts.instance();
  }

  /** Preferred to the catalogue in a database, whose bean is on the class path too. */
  @Singleton
  @Primary
  DocumentCatalog catalog() {
    return parts.documents().catalog();
  }

  @Singleton
  KnowledgeIndex index() {
    return parts.documents().index();
  }

  @Singleton
  SourceFiles files() {
    return parts.documents().files();
  }

  @Singleton
  UploadSpool spool() {
    return parts.documents().spool();
  }

  @Singleton
  IngestControl ingest() {
    return parts.documents().ingest();
  }

  @Singleton
  SourceControl sources() {
    return parts.documents().sources();
  }

  @Singleton
  AnswerRuns runs() {
    return parts.answering().runs();
  }

  @Singleton
  Conversations conversations() {
    return parts.answering().conversations();
  }

  @Singleton
  Explainer explainer() {
    return parts.answering().explainer();
  }

  @Singleton
  ModelLibrary models() {
    return parts.answering().models();
  }

  @Singleton
  GeneratorState generator() {
    return parts.answering().generator();
  }

  @Singleton
  EmbedderState embedder() {
    return new EmbedderState(parts.answering().embedders());
  }

  @Singleton
  EmbeddingModels embeddingModels() {
    return new EmbeddingModels(parts.answering().embedders());
  }

  @Singleton
  Reranker reranker() {
    return parts.answering().reranker();
  }

  @Singleton
  PictureText pictures() {
    return parts.answering().pictures();
  }

  @Singleton
  ServiceFacts facts() {
    return parts.operation().facts();
  }

  @Singleton
  Lifecycle lifecycle() {
    return parts.operation().lifecycle();
  }

  @Singleton
  StoreHealth health() {
    return parts.operation().health();
  }

  @Singleton
  Meters meters() {
    return parts.operation().meters();
  }

  @Singleton
  Backups backups() {
    return parts.operation().backups();
  }

  @Singleton
  BackupSchedule schedule() {
    return parts.operation().schedule();
  }

  @Singleton
  ServiceEvents events() {
    return parts.operation().events();
  }

  @Singleton
  AuditLog audit() {
    return parts.operation().audit();
  }

  @Singleton
  SettingsControl control() {
    return parts.operation().control();
  }

  @Singleton
  Erasure erasure() {
    return parts.operation().erasure();
  }
}
