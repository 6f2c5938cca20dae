package dev.zhiku.answering.search;

import dev.zhiku.answering.search.DocumentTrace.Fate;
import dev.zhiku.answering.search.DocumentTrace.Meaning;
import dev.zhiku.answering.search.DocumentTrace.Place;
import dev.zhiku.answering.search.DocumentTrace.Query;
import dev.zhiku.answering.search.DocumentTrace.Standing;
import dev.zhiku.answering.search.Retriever.Found;
import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.words.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A look back at a search for what became of a document in it; nothing is searched for it again.
 */
final class Tracing {
  /** Passages looked through for the best one of a document that no list holds. */
  private static final int MOST_LOOKED_THROUGH = 50;

  private final Found found;
  private final Embedders embedders;
  private final Snapshot snapshot;

  Tracing(Found found, Embedders embedders, Snapshot snapshot) {
    this.found = found;
    this.embedders = embedders;
    this.snapshot = snapshot;
  }

  DocumentTrace of(DocumentId document) throws InterruptedException {
    return new DocumentTrace(
        query(), found.retrieval(), snapshot.passageCount(document), standings(document));
  }

  private Query query() {
    List<String> lines = List.of(found.words().substring(found.asked().length()).split("\n"));
    OptionalInt page = found.page().map(AskedPage::number).orElse(OptionalInt.empty());
    return new Query(
        found.asked().strip(),
        lines.stream().filter(line -> !line.isBlank()).toList(),
        found.page().isPresent(),
        page,
        found.phrases().phrases(),
        found.listed());
  }

  private List<Standing> standings(DocumentId document) throws InterruptedException {
    List<Hit> hits =
        found.ranking().fused().stream()
            .filter(hit -> hit.passage().document().equals(document))
            .limit(DocumentTrace.MOST_STANDINGS)
            .toList();
    List<ScoredPassage> best =
        hits.isEmpty() ? unranked(document) : found.ranking().load(snapshot, hits);
    List<ScoredPassage> considered = found.ranking().considered(snapshot, found.most());
    return best.stream().map(passage -> standing(passage, considered)).toList();
  }

  /** The passage with most of the question's words, of a document that no list holds. */
  private List<ScoredPassage> unranked(DocumentId document) throws InterruptedException {
    DocumentMeta meta = snapshot.documents(Set.of(document)).get(document);
    if (meta == null) {
      return List.of();
    }
    Map<String, Double> weights = found.retrieval().weights();
    return snapshot.passages(document, 0, MOST_LOOKED_THROUGH).stream()
        .max(Comparator.comparingDouble(passage -> weight(passage.text(), weights)))
        .map(passage -> new ScoredPassage(passage, meta, 0, 0, 0))
        .stream()
        .toList();
  }

  private static double weight(String text, Map<String, Double> weights) {
    return Words.of(text).terms().stream()
        .distinct()
        .mapToDouble(term -> weights.getOrDefault(term, 0.0))
        .sum();
  }

  private Standing standing(ScoredPassage passage, List<ScoredPassage> considered) {
    PassageId id = passage.passage().id();
    Candidates lists = found.ranking().candidates();
    EmbedderId model = model(passage, lists);
    Selection.Choice choice =
        Selection.choose(Editions.asked(found.asked(), considered), found.most());
    Optional<Place> fused = place(found.ranking().fused(), id);
    Fate fate = fate(passage, fused.isPresent(), considered, choice);
    return new Standing(
        passage,
        place(lists.words(), id),
        model.model(),
        meaning(model, lists),
        place(lists.vectors().getOrDefault(model, List.of()), id),
        fused,
        fate,
        fate == Fate.DUPLICATE ? twin(passage, choice) : Optional.empty());
  }

  private EmbedderId model(ScoredPassage passage, Candidates lists) {
    return lists.vectors().entrySet().stream()
        .filter(list -> place(list.getValue(), passage.passage().id()).isPresent())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> embedders.forPassage(passage.passage().text()).id());
  }

  private Meaning meaning(EmbedderId model, Candidates lists) {
    EmbedderId own = embedders.forPassage(found.asked()).id();
    if (OtherLanguage.isForeign(model, own, embedders)) {
      return Meaning.OTHER_LANGUAGE;
    }
    return lists.vectors().containsKey(model) ? Meaning.SEARCHED : Meaning.WORDS_ONLY;
  }

  private static Optional<Place> place(List<Hit> list, PassageId passage) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).passage().equals(passage)) {
        return Optional.of(new Place(i + 1, list.get(i).score()));
      }
    }
    return Optional.empty();
  }

  private Fate fate(
      ScoredPassage passage,
      boolean ranked,
      List<ScoredPassage> considered,
      Selection.Choice choice) {
    if (holds(found.retrieval().passages(), passage)) {
      return Fate.GIVEN;
    }
    if (!ranked) {
      return Fate.UNRANKED;
    }
    if (!found.quoting().isEmpty()) {
      return holds(found.quoting(), passage) ? Fate.OUTRANKED : Fate.WITHOUT_PHRASE;
    }
    if (holds(choice.passages(), passage)) {
      return found.page().isPresent() ? Fate.OTHER_PAGE : Fate.OUTRANKED;
    }
    if (!holds(considered, passage)) {
      return Fate.OUTRANKED;
    }
    if (!holds(Editions.asked(found.asked(), considered), passage)) {
      return Fate.OTHER_EDITION;
    }
    if (!holds(choice.distinct(), passage)) {
      return Fate.DUPLICATE;
    }
    return holds(choice.beyond(), passage) ? Fate.BEYOND_SHARE : Fate.OUTRANKED;
  }

  private static Optional<DocumentMeta> twin(ScoredPassage passage, Selection.Choice choice) {
    return choice.distinct().stream()
        .filter(better -> better.score() >= passage.score())
        .filter(better -> Selection.isSameText(better, passage))
        .map(ScoredPassage::document)
        .findFirst();
  }

  private static boolean holds(List<ScoredPassage> passages, ScoredPassage passage) {
    return passages.stream().anyMatch(p -> p.passage().id().equals(passage.passage().id()));
  }
}
