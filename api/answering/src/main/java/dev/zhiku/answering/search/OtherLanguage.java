package dev.zhiku.answering.search;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedders;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Documents in another language than the question, where their model knows only that one: little
 * but their words can find them.
 *
 * @param documents how many were looked at, those nearest to the question
 * @param names of some of them
 * @param nothingElse whether no document was searched that is in the language of the question
 */
public record OtherLanguage(int documents, List<String> names, boolean nothingElse) {
  /** Every document is in a language that the question's model knows. */
  public static final OtherLanguage NONE = new OtherLanguage(0, List.of(), false);

  private static final int MOST_NAMED = 3;

  public OtherLanguage {
    names = List.copyOf(names);
  }

  static OtherLanguage of(
      String question, Candidates candidates, Embedders embedders, Snapshot snapshot)
      throws InterruptedException {
    EmbedderId own = embedders.forPassage(question).id();
    Set<DocumentId> found = new LinkedHashSet<>();
    boolean nothingElse = true;
    for (Map.Entry<EmbedderId, List<Hit>> list : candidates.vectors().entrySet()) {
      if (isForeign(list.getKey(), own, embedders)) {
        list.getValue().forEach(hit -> found.add(hit.passage().document()));
      } else {
        nothingElse = nothingElse && list.getValue().isEmpty();
      }
    }
    if (found.isEmpty()) {
      return NONE;
    }
    Set<DocumentId> some = new LinkedHashSet<>(found.stream().limit(MOST_NAMED).toList());
    List<String> names =
        snapshot.documents(some).values().stream()
            .map(document -> CitationLocation.title(document, Location.whole(List.of())))
            .sorted()
            .toList();
    return new OtherLanguage(found.size(), names, nothingElse);
  }

  /** Of the models in use; those before them are being replaced. */
  static boolean isForeign(EmbedderId id, EmbedderId own, Embedders embedders) {
    return !id.equals(own)
        && embedders.all().stream()
            .filter(embedder -> embedder.id().equals(id))
            .anyMatch(embedder -> !embedder.knowsOtherLanguages());
  }
}
