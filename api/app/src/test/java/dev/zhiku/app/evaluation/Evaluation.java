package dev.zhiku.app.evaluation;

import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.app.evaluation.LabelledCollection.Document;
import dev.zhiku.app.evaluation.LabelledCollection.Query;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.pipeline.DocumentPipeline;
import dev.zhiku.ingest.pipeline.IngestOutcome;
import dev.zhiku.ingest.pipeline.SourceDocument;
import dev.zhiku.ingest.source.SourceRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures retrieval on a labelled collection through the product's own pipeline: its documents
 * become files, the files are read, split, embedded and stored as any others, and the questions go
 * through the {@link Retriever}. A document ranks by its best passage. Not thread-safe.
 */
public final class Evaluation {
  /** Most questions asked of one collection. */
  public static final int MAX_QUESTIONS = 500;

  /** Chooses the questions; the same for every run, so that runs compare. */
  public static final long SEED = 42;

  private static final String SOURCE = "evaluation";

  private final DocumentPipeline pipeline;
  private final KnowledgeIndex index;
  private final Retriever retriever;
  private final int workers;
  private final Map<DocumentId, String> names = new HashMap<>();

  /**
   * @param pipeline writes into {@code index}, which is empty
   * @param retriever reads from it
   * @param workers documents on their way at once
   */
  public Evaluation(
      DocumentPipeline pipeline, KnowledgeIndex index, Retriever retriever, int workers) {
    this.pipeline = pipeline;
    this.index = index;
    this.retriever = retriever;
    this.workers = workers;
  }

  /**
   * Takes a collection in and asks its questions.
   *
   * @param folder for the files that are written; empty or absent
   */
  public Quality run(LabelledCollection collection, Path folder) throws InterruptedException {
    ingest(collection, folder);
    List<Quality.Judged> judged = new ArrayList<>();
    for (Query query : collection.sample(MAX_QUESTIONS, SEED)) {
      Set<String> relevant = collection.relevant().getOrDefault(query.id(), Set.of());
      judged.add(new Quality.Judged(ranking(query.text()), relevant));
    }
    return Quality.of(judged);
  }

  /**
   * Takes a collection in.
   *
   * @throws IllegalStateException naming the first document that was not indexed
   */
  public void ingest(LabelledCollection collection, Path folder) throws InterruptedException {
    SourceRoot written = new SourceRoot(folder);
    SourceRoot originals = new SourceRoot(collection.folder());
    List<SourceDocument> sources = new ArrayList<>();
    for (Document document : collection.documents()) {
      DocumentId id = DocumentId.random();
      names.put(id, document.id());
      sources.add(
          document
              .file()
              .map(file -> new SourceDocument(id, SOURCE, file, originals))
              .orElseGet(() -> new SourceDocument(id, SOURCE, write(document, folder), written)));
    }
    ingest(sources);
    index.commit(1);
  }

  /** The whole text as Markdown, under its title; the file's name says nothing. */
  private static String write(Document document, Path folder) {
    String name = document.fileName();
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name), document.markdown());
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ingest(List<SourceDocument> sources) throws InterruptedException {
    try (ExecutorService tasks = Executors.newFixedThreadPool(workers)) {
      List<Future<IngestOutcome>> outcomes = new ArrayList<>();
      for (SourceDocument source : sources) {
        outcomes.add(tasks.submit(() -> pipeline.ingest(source)));
      }
      for (Future<IngestOutcome> outcome : outcomes) {
        require(outcome.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a document was not taken in", e.getCause());
    }
  }

  private void require(IngestOutcome outcome) {
    if (!(outcome instanceof IngestOutcome.Indexed)) {
      throw new IllegalStateException(names.get(outcome.id()) + " was not indexed: " + outcome);
    }
  }

  /** Documents in the order of their best passages. */
  public List<String> ranking(String question) throws InterruptedException {
    return retriever.rank(question, Scope.LOCAL, new Filter.All()).stream()
        .map(Hit::passage)
        .map(passage -> Objects.requireNonNull(names.get(passage.document())))
        .distinct()
        .toList();
  }
}
