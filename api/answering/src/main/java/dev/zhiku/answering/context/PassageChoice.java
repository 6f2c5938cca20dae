package dev.zhiku.answering.context;

import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.words.SearchText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * Choice of the passages that a prompt has room for: first the best of each document, then the
 * others, best first. What repeats a better one is left out, whether there is room or not. Pure.
 */
final class PassageChoice {
  /** A document is asked for too when its best passage scores this share of the best of all. */
  private static final double COMPETES = 0.5;

  /** Share of the pieces of a passage that a better one holds, from which on it repeats it. */
  private static final double REPEATS = 0.9;

  private static final int PIECE = 4;
  private static final Pattern FIGURES = Pattern.compile("\\d+");

  private final List<Placed> chosen = new ArrayList<>();
  private final List<Integer> repeated = new ArrayList<>();
  private final List<Integer> withoutRoom = new ArrayList<>();

  private PassageChoice() {}

  /**
   * @param found best first
   * @param room tokens for all of them
   * @param tokens of one of them
   */
  static PassageChoice of(List<ScoredPassage> found, int room, ToIntFunction<Placed> tokens) {
    PassageChoice choice = new PassageChoice();
    int left = room;
    boolean begun = true;
    for (Placed passage : inTurn(choice.distinct(found))) {
      int needed = tokens.applyAsInt(passage);
      if (begun && needed <= left) {
        choice.chosen.add(passage);
        left -= needed;
      } else {
        choice.withoutRoom.add(passage.number());
        begun = !choice.chosen.isEmpty();
      }
    }
    return choice;
  }

  /** In the order of their numbers; none where the best one has no room. */
  List<Placed> chosen() {
    return chosen.stream().sorted(Comparator.comparingInt(Placed::number)).toList();
  }

  List<Integer> repeated() {
    return List.copyOf(repeated);
  }

  List<Integer> withoutRoom() {
    return withoutRoom.stream().sorted().toList();
  }

  private List<Placed> distinct(List<ScoredPassage> found) {
    List<Placed> distinct = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      String text = SearchText.normalize(found.get(i).passage().text());
      if (said.stream().anyMatch(better -> holds(better, text))) {
        repeated.add(i + 1);
      } else {
        said.add(text);
        distinct.add(Placed.alone(found.get(i), i + 1));
      }
    }
    return distinct;
  }

  /** The best of each document that is asked for, then all others. */
  private static List<Placed> inTurn(List<Placed> distinct) {
    List<Placed> order = new ArrayList<>();
    Set<DocumentId> seen = new HashSet<>();
    double best = distinct.isEmpty() ? 0 : distinct.getFirst().found().score();
    for (Placed passage : distinct) {
      boolean competes = passage.found().score() >= best * COMPETES;
      if (competes && seen.add(passage.found().document().id())) {
        order.add(passage);
      }
    }
    distinct.stream().filter(passage -> !order.contains(passage)).forEach(order::add);
    return order;
  }

  /** Another figure makes it another statement. */
  private static boolean holds(String better, String text) {
    Set<String> figures = figures(better);
    if (!figures.containsAll(figures(text))) {
      return false;
    }
    Set<String> pieces = pieces(text);
    Set<String> held = pieces(better);
    long common = pieces.stream().filter(held::contains).count();
    return !pieces.isEmpty() && common >= REPEATS * pieces.size();
  }

  private static Set<String> figures(String text) {
    Set<String> figures = new HashSet<>();
    FIGURES.matcher(text).results().forEach(found -> figures.add(found.group()));
    return figures;
  }

  private static Set<String> pieces(String text) {
    StringBuilder letters = new StringBuilder();
    text.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
    Set<String> pieces = new HashSet<>();
    for (int i = 0; i + PIECE <= letters.length(); i++) {
      pieces.add(letters.substring(i, i + PIECE));
    }
    return pieces;
  }
}
