package dev.zhiku.server.documents;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Occurrences;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.words.SoughtWords;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a view of the index holds of certain words: documents in an order, each with its passages.
 *
 * @param folder whose folders are counted
 * @param complete whether these are all
 */
record WordSearch(
    List<DocumentMeta> documents,
    Map<DocumentId, List<PassageId>> passages,
    String folder,
    boolean complete) {
  private static final Comparator<DocumentMeta> BY_PATH =
      Comparator.comparing(DocumentMeta::source).thenComparing(DocumentMeta::path);

  WordSearch {
    documents = List.copyOf(documents);
    passages = Map.copyOf(passages);
  }

  /** Order of the documents. */
  enum Order {
    /** By source and path. */
    PATH,
    /** The documents with most passages first. */
    COUNT
  }

  /** A number of documents and passages. */
  record Count(int documents, int passages) {
    static final Count NONE = new Count(0, 0);

    Count plus(int more) {
      return new Count(documents + 1, passages + more);
    }
  }

  /** Where a file lies: its source and a folder in it. */
  record Place(String source, String folder) {}

  static WordSearch in(
      Snapshot snapshot, SoughtWords sought, Filter filter, String folder, Order order)
      throws InterruptedException {
    Occurrences found = snapshot.occurrences(sought, filter, Occurrences.MAX_PASSAGES);
    Map<DocumentId, List<PassageId>> passages =
        found.passages().stream().collect(Collectors.groupingBy(PassageId::document));
    Map<DocumentId, DocumentMeta> metas = snapshot.documents(passages.keySet());
    Comparator<DocumentMeta> most =
        Comparator.comparingInt(
            document -> -passages.getOrDefault(document.id(), List.of()).size());
    List<DocumentMeta> documents =
        metas.values().stream()
            .sorted(order == Order.COUNT ? most.thenComparing(BY_PATH) : BY_PATH)
            .toList();
    return new WordSearch(documents, passages, folder, found.complete());
  }

  int total() {
    return documents.stream().mapToInt(this::count).sum();
  }

  int count(DocumentMeta document) {
    return of(document).size();
  }

  /** The passages of one of these documents, in order. */
  List<PassageId> of(DocumentMeta document) {
    return Objects.requireNonNull(passages.get(document.id()));
  }

  Map<Place, Count> folders() {
    return counted(document -> new Place(document.source(), folderOf(document.path())));
  }

  Map<String, Count> types() {
    return counted(DocumentMeta::mediaType);
  }

  /** The first passages of documents, loaded at once. */
  static Map<DocumentId, List<Passage>> load(
      Snapshot snapshot, WordSearch search, List<DocumentMeta> documents, int each)
      throws InterruptedException {
    List<PassageId> ids =
        documents.stream().flatMap(document -> search.of(document).stream().limit(each)).toList();
    return snapshot.load(ids).stream()
        .collect(Collectors.groupingBy(passage -> passage.id().document()));
  }

  /** The folder right below the one asked for, or that one. */
  private String folderOf(String path) {
    int end = path.indexOf('/', folder.length());
    return end < 0 ? folder : path.substring(0, end + 1);
  }

  /** By number of passages, then by name. */
  private <K> Map<K, Count> counted(Function<DocumentMeta, K> key) {
    Map<K, Count> counts = new LinkedHashMap<>();
    for (DocumentMeta document : documents) {
      Count before = counts.getOrDefault(key.apply(document), Count.NONE);
      counts.put(key.apply(document), before.plus(count(document)));
    }
    Map<K, Count> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<K, Count> entry) -> -entry.getValue().passages())
                .thenComparing(entry -> entry.getKey().toString()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
