package dev.zhiku.index.lucene;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.KnowledgeIndex.Stats;
import dev.zhiku.index.Occurrences;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.WordRarity;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.words.SoughtWords;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * View of both generations while a new one is filled: each document as the new one has it if the
 * current one has the same content, else as the current one does; the vectors of both. A change
 * goes to the new generation first, so what only that one has was cut short on its way: it is
 * listed, to be removed if its file is gone, and not found by its id, to be stored again if not.
 * Questions are not asked here. Closes both.
 */
final class BothGenerations implements Snapshot {
  private final Snapshot current;
  private final Snapshot next;

  BothGenerations(Snapshot current, Snapshot next) {
    this.current = current;
    this.next = next;
  }

  @Override
  public long epoch() {
    return Math.max(current.epoch(), next.epoch());
  }

  @Override
  public Stats stats() {
    return current.stats();
  }

  @Override
  public Stream<DocumentMeta> documents() {
    Map<DocumentId, DocumentMeta> all;
    try (Stream<DocumentMeta> made = next.documents()) {
      all = made.collect(Collectors.toMap(DocumentMeta::id, Function.identity()));
    }
    try (Stream<DocumentMeta> answering = current.documents()) {
      answering.forEach(document -> all.merge(document.id(), document, BothGenerations::known));
    }
    return all.values().stream();
  }

  @Override
  public Map<DocumentId, DocumentMeta> documents(Set<DocumentId> ids) throws InterruptedException {
    Map<DocumentId, DocumentMeta> known = new HashMap<>(current.documents(ids));
    next.documents(known.keySet())
        .forEach((id, document) -> known.merge(id, document, (now, made) -> known(made, now)));
    return known;
  }

  private static DocumentMeta known(DocumentMeta made, DocumentMeta answering) {
    return isSameContent(made, answering) ? made : answering;
  }

  private static boolean isSameContent(DocumentMeta made, DocumentMeta answering) {
    return made.sha256().equals(answering.sha256());
  }

  @Override
  public List<Passage> passages(DocumentId document, int from, int limit)
      throws InterruptedException {
    return holder(document).passages(document, from, limit);
  }

  @Override
  public int passageCount(DocumentId document) throws InterruptedException {
    return holder(document).passageCount(document);
  }

  /** The generation whose passages of this document are shown. */
  private Snapshot holder(DocumentId document) throws InterruptedException {
    DocumentMeta made = next.documents(Set.of(document)).get(document);
    DocumentMeta answering = current.documents(Set.of(document)).get(document);
    boolean asMade = made != null && (answering == null || isSameContent(made, answering));
    return asMade ? next : current;
  }

  @Override
  public Map<TextHash, Embedding> vectors(EmbedderId embedder, Set<TextHash> texts)
      throws InterruptedException {
    Map<TextHash, Embedding> known = new HashMap<>(next.vectors(embedder, texts));
    Set<TextHash> missing = new HashSet<>(texts);
    missing.removeAll(known.keySet());
    if (!missing.isEmpty()) {
      known.putAll(current.vectors(embedder, missing));
    }
    return known;
  }

  @Override
  public Candidates candidates(SearchRequest request) throws InterruptedException {
    return current.candidates(request);
  }

  @Override
  public WordRarity rarity(Set<String> words, Filter filter) throws InterruptedException {
    return current.rarity(words, filter);
  }

  @Override
  public Occurrences occurrences(SoughtWords sought, Filter filter, int limit)
      throws InterruptedException {
    return current.occurrences(sought, filter, limit);
  }

  @Override
  public List<Passage> load(List<PassageId> ids) throws InterruptedException {
    return current.load(ids);
  }

  @Override
  public void close() {
    try {
      next.close();
    } finally {
      current.close();
    }
  }
}
