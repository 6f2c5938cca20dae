package dev.zhiku.index.lucene;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.TextHash;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Changes since the current view was made. Written by the writer thread; any thread asks. Who asks
 * before acquiring a view misses nothing: changes are forgotten only after a view that has them is
 * current.
 */
final class UnseenChanges {
  private final Set<DocumentId> documents = ConcurrentHashMap.newKeySet();
  private final Set<TextHash> texts = ConcurrentHashMap.newKeySet();

  void add(DocumentId document, Collection<TextHash> itsTexts) {
    documents.add(document);
    texts.addAll(itsTexts);
  }

  void clear() {
    documents.clear();
    texts.clear();
  }

  boolean contains(DocumentId document) {
    return documents.contains(document);
  }

  boolean containsAny(Set<DocumentId> someDocuments, Set<TextHash> someTexts) {
    return someDocuments.stream().anyMatch(documents::contains)
        || someTexts.stream().anyMatch(texts::contains);
  }
}
