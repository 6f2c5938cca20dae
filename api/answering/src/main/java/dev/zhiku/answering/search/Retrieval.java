package dev.zhiku.answering.search;

import dev.zhiku.answering.masking.Masking;
import dev.zhiku.index.embedding.EmbedderId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was found for a question.
 *
 * @param asked the question in the words of what was found, where it has others for the same; as it
 *     was asked where it has not
 * @param passages best first, at most as many as asked for
 * @param absent phrases in quotation marks that stand in no passage: nothing answers then
 * @param unknownNames names in the question that stand in no document that the asker may see
 * @param weights the words that say what the question is about, each with how much it tells: a rare
 *     word more than a common one, a word that is nowhere in the collection most of all
 * @param searched number of passages that the asker may see
 * @param unsearched embedders whose passages exist while nobody can embed the question for them:
 *     those passages were searched by words alone
 * @param away embedders that could not be reached; their passages were searched by words alone too
 * @param otherLanguage documents that little but words could find
 * @param epoch of the index that was searched
 * @param embedding time to embed the question
 * @param searching time to search, choose and load
 */
public record Retrieval(
    String asked,
    List<ScoredPassage> passages,
    List<String> absent,
    List<String> unknownNames,
    Map<String, Double> weights,
    long searched,
    Set<EmbedderId> unsearched,
    Set<EmbedderId> away,
    OtherLanguage otherLanguage,
    long epoch,
    Duration embedding,
    Duration searching) {
  /** Nobody looked for anything. */
  public static final Retrieval NONE =
      new Retrieval(
          "",
          List.of(),
          List.of(),
          List.of(),
          Map.of(),
          0,
          Set.of(),
          Set.of(),
          OtherLanguage.NONE,
          0,
          Duration.ZERO,
          Duration.ZERO);

  public Retrieval {
    passages = List.copyOf(passages);
    absent = List.copyOf(absent);
    unknownNames = List.copyOf(unknownNames);
    weights = Map.copyOf(weights);
    unsearched = Set.copyOf(unsearched);
    away = Set.copyOf(away);
  }

  /** The same with other passages. */
  public Retrieval with(List<ScoredPassage> others) {
    return new Retrieval(
        asked,
        others,
        absent,
        unknownNames,
        weights,
        searched,
        unsearched,
        away,
        otherLanguage,
        epoch,
        embedding,
        searching);
  }

  /** The same as somebody may see it: whoever writes of these passages knows no more than he. */
  public Retrieval masked(Masking masking) {
    return masking.isOn() ? with(masked(passages, masking)) : this;
  }

  /** These passages as somebody may see them. */
  public static List<ScoredPassage> masked(List<ScoredPassage> passages, Masking masking) {
    return masking.isOn()
        ? passages.stream().map(passage -> passage.masked(masking)).toList()
        : passages;
  }
}
