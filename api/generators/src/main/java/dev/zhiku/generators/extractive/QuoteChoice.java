package dev.zhiku.generators.extractive;

import dev.zhiku.generators.extractive.SentenceRanking.Ranked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses what is quoted: the best one to three, without the neighbours that say the same of
 * something else, and all members of a list where all are asked for. Of an answer that was
 * announced, three at most where one value is asked for. Pure.
 */
final class QuoteChoice {
  /** Most that are quoted beside each other. */
  private static final int MOST = 3;

  /** A further one has to score at least this share of the best. */
  private static final double WORTH_ADDING = 0.75;

  /** Share of common words from which on two sentences differ in their values only. */
  private static final double PARALLEL = 0.5;

  private static final Comparator<Quotable> READING_ORDER =
      Comparator.comparingInt((Quotable q) -> q.source().number())
          .thenComparingInt(Quotable::ordinal);

  private final SentenceRanking ranking;
  private final Set<String> news;
  private final RowKeys keys;

  /**
   * @param news words of a follow-up that the question before it did not have
   */
  QuoteChoice(SentenceRanking ranking, Set<String> news) {
    this.ranking = ranking;
    this.news = Set.copyOf(news);
    this.keys = new RowKeys(ranking.quotables(), ranking.question());
  }

  /** In reading order; none where there would be headings alone. */
  List<Quotable> of(boolean all) {
    List<Ranked> ranked = withoutOld(ranking.ranked());
    if (ranked.isEmpty()) {
      return List.of();
    }
    List<Quotable> chosen = new ArrayList<>();
    if (all) {
      chosen.addAll(alike(entry(ranked)));
    }
    if (chosen.isEmpty()) {
      List<Quotable> found = withoutOtherRows(best(namedRows(ranked)));
      chosen.addAll(!all && ranking.asksOneValue() ? bestOf(found) : found);
      ranking.dateOf(chosen).ifPresent(chosen::add);
    }
    if (chosen.stream().noneMatch(ranking::mayAnswer)) {
      return List.of();
    }
    return chosen.stream().sorted(READING_ORDER).toList();
  }

  /** A row or item that answers the question before is left out where another has the news. */
  private List<Ranked> withoutOld(List<Ranked> ranked) {
    return ranked.stream().noneMatch(one -> isMember(one) && hasNews(one.lead()))
        ? ranked
        : ranked.stream().filter(one -> !isMember(one) || hasNews(one.lead())).toList();
  }

  /** Without the rows of tables in which the question names another one. */
  private List<Ranked> namedRows(List<Ranked> ranked) {
    return ranked.stream().filter(one -> !one.isSingle() || !keys.isOfAnother(one.lead())).toList();
  }

  private List<Quotable> withoutOtherRows(List<Ranked> best) {
    return best.stream()
        .flatMap(one -> one.units().stream())
        .filter(unit -> !keys.isOfAnother(unit))
        .toList();
  }

  private static boolean isMember(Ranked one) {
    return one.isSingle() && one.lead().kind() == UnitKind.MEMBER;
  }

  private boolean hasNews(Quotable unit) {
    return unit.terms().stream().anyMatch(news::contains);
  }

  /** Of what an announcement brought along, the units that hold the one value most likely. */
  private List<Quotable> bestOf(List<Quotable> chosen) {
    List<Quotable> ranked =
        chosen.stream().sorted(Comparator.comparingDouble(ranking::score).reversed()).toList();
    Quotable first = ranked.getFirst();
    return ranked.stream()
        .filter(unit -> !areMembers(unit, first) || !(hasLess(unit, first) || isOld(unit, first)))
        .limit(MOST)
        .toList();
  }

  /** Whether a row or item answers the question before a follow-up, and the chosen one this. */
  private boolean isOld(Quotable unit, Quotable chosen) {
    return hasNews(chosen) && !hasNews(unit);
  }

  private List<Ranked> best(List<Ranked> ranked) {
    Ranked first = ranked.getFirst();
    double bar = first.score() * WORTH_ADDING;
    List<Ranked> best = new ArrayList<>();
    for (Ranked candidate : ranked) {
      if (best.size() == MOST || candidate.score() < bar) {
        break;
      }
      if (best.isEmpty() || adds(candidate, best)) {
        best.add(candidate);
      }
    }
    return best;
  }

  private boolean adds(Ranked candidate, List<Ranked> best) {
    Ranked first = best.getFirst();
    boolean headingToo =
        candidate.isSingle()
            && candidate.lead().kind().leads()
            && !(first.isSingle() && first.lead().kind().leads());
    return !headingToo
        && best.stream().noneMatch(chosen -> overlaps(candidate, chosen))
        && best.stream().noneMatch(chosen -> chosen.terms().containsAll(candidate.terms()))
        && best.stream().noneMatch(chosen -> isNeighbour(candidate, chosen));
  }

  private static boolean overlaps(Ranked one, Ranked other) {
    Set<Quotable> units = new HashSet<>(one.units());
    units.add(one.lead());
    return other.units().stream().anyMatch(units::contains) || units.contains(other.lead());
  }

  /**
   * Whether a row, item or sentence is like the chosen one and has less of what is asked: it tells
   * of another year, place or part.
   */
  private boolean isNeighbour(Ranked candidate, Ranked chosen) {
    if (!candidate.isSingle() || !chosen.isSingle()) {
      return false;
    }
    return hasLess(candidate.lead(), chosen.lead()) && areParallel(candidate.lead(), chosen.lead());
  }

  private boolean hasLess(Quotable candidate, Quotable chosen) {
    Set<String> less = ranking.matched(candidate);
    Set<String> more = ranking.matched(chosen);
    return more.size() > less.size() && more.containsAll(less);
  }

  private static boolean areMembers(Quotable one, Quotable other) {
    return one.kind() == UnitKind.MEMBER && other.kind() == UnitKind.MEMBER;
  }

  private static boolean areParallel(Quotable one, Quotable other) {
    if (areMembers(one, other)) {
      return true;
    }
    Set<String> common = new HashSet<>(one.terms());
    common.retainAll(other.terms());
    return common.size() >= PARALLEL * Math.max(one.terms().size(), other.terms().size());
  }

  /**
   * The entry of a list or table whose like are wanted: where entries are asked for, and not their
   * number, also one that a sentence is a little better than.
   */
  private Ranked entry(List<Ranked> ranked) {
    Ranked best = ranked.getFirst();
    return ranking.asksOneValue() || !best.isSingle()
        ? best
        : ranked.stream()
            .filter(one -> isMember(one) && one.score() >= best.score() * WORTH_ADDING)
            .findFirst()
            .orElse(best);
  }

  /** The members of lists and tables that hold the same words of the question as the best. */
  private List<Quotable> alike(Ranked best) {
    if (!best.isSingle() || best.lead().kind() != UnitKind.MEMBER) {
      return List.of();
    }
    Set<String> wanted = ranking.matched(best.lead());
    return ranking.quotables().stream()
        .filter(unit -> unit.kind() == UnitKind.MEMBER)
        .filter(unit -> unit.source().title().equals(best.lead().source().title()))
        .filter(unit -> ranking.matched(unit).containsAll(wanted))
        .toList();
  }
}
