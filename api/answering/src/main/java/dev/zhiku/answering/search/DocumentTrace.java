package dev.zhiku.answering.search;

import dev.zhiku.index.DocumentMeta;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The way of one document through the search for a question.
 *
 * @param query what was searched for
 * @param retrieval the whole result of the search
 * @param stored passages of the document in the index; 0 if it is not there
 * @param standings of the document's best passages, best first; one where no list holds any of them
 */
public record DocumentTrace(
    Query query, Retrieval retrieval, int stored, List<Standing> standings) {
  /** Passages of the document that are told of. */
  static final int MOST_STANDINGS = 3;

  public DocumentTrace {
    standings = List.copyOf(standings);
  }

  /**
   * A question as it is searched.
   *
   * @param text without its frame and without the page it names
   * @param added other words for the same, which are searched too
   * @param namesPage whether it names a page or slide
   * @param page its number; empty for the last one, and where none is named
   * @param phrases that have to stand in a passage as they are
   * @param listed passages of each list that are looked at, at most
   */
  public record Query(
      String text,
      List<String> added,
      boolean namesPage,
      OptionalInt page,
      List<String> phrases,
      int listed) {
    public Query {
      added = List.copyOf(added);
      phrases = List.copyOf(phrases);
    }
  }

  /**
   * A place in a ranked list.
   *
   * @param rank from 1
   * @param score as the list computes it
   */
  public record Place(int rank, double score) {}

  /** How the model of a passage takes part in the search. */
  public enum Meaning {
    /** The question is searched by its vector in full. */
    SEARCHED,
    /** The model knows another language than the question's; its list counts little. */
    OTHER_LANGUAGE,
    /** Nobody can embed the question for it: words alone find the passage. */
    WORDS_ONLY
  }

  /** What became of a passage. */
  public enum Fate {
    /** It is among the passages that the answer may use. */
    GIVEN,
    /** It is not among the first of any list. */
    UNRANKED,
    /** It lacks a phrase that the question has in quotation marks. */
    WITHOUT_PHRASE,
    /** The question asks for another edition of the document. */
    OTHER_EDITION,
    /** It says the same as a better one. */
    DUPLICATE,
    /** Better passages of its document took the document's share. */
    BEYOND_SHARE,
    /** The page that the question names was looked up instead. */
    OTHER_PAGE,
    /** Enough others are better. */
    OUTRANKED
  }

  /**
   * Where a passage stands.
   *
   * @param words its place in the list of the words
   * @param model of its vector
   * @param vectors its place in that model's list
   * @param fused its place when the lists are made one
   * @param twin the document of the passage into which it was folded
   */
  public record Standing(
      ScoredPassage passage,
      Optional<Place> words,
      String model,
      Meaning meaning,
      Optional<Place> vectors,
      Optional<Place> fused,
      Fate fate,
      Optional<DocumentMeta> twin) {}
}
