package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.ingest.catalog.HashRound;
import dev.zhiku.ingest.catalog.SourceRecord;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sources, what is remembered of each, and how far the rounds over them are. Thread-safe. */
@Singleton
final class ConfiguredSources {
  private final CatalogTransactions transactions;
  private final SourceRows sources;
  private final DocumentRows documents;
  private final Tallies tallies;
  private final HashRoundRows rounds;
  private final Decisions decisions;

  ConfiguredSources(
      CatalogTransactions transactions,
      SourceRows sources,
      DocumentRows documents,
      Tallies tallies,
      HashRoundRows rounds,
      Decisions decisions) {
    this.transactions = transactions;
    this.sources = sources;
    this.documents = documents;
    this.tallies = tallies;
    this.rounds = rounds;
    this.decisions = decisions;
  }

  List<SourceState> sources() {
    return transactions.read(
        () -> sources.findAllOrderByPlace().stream().map(SourceRow::state).toList());
  }

  void configure(List<SourceRecord> configured) {
    decisions.retain(configured.stream().map(SourceRecord::name).collect(Collectors.toSet()));
    configured.forEach(decisions::remember);
    transactions.write(
        () -> {
          Set<String> names = new HashSet<>();
          configured.forEach(source -> names.add(source.name()));
          sources.findAllOrderByPlace().stream()
              .filter(row -> !names.contains(row.name()))
              .forEach(this::forget);
          for (int place = 0; place < configured.size(); place++) {
            put(SourceRow.of(configured.get(place), place));
          }
          return true;
        });
  }

  void join(SourceRecord source) {
    decisions.remember(source);
    transactions.write(
        () -> {
          List<SourceRow> known = sources.findAllOrderByPlace();
          int behind = known.isEmpty() ? 0 : known.getLast().place() + 1;
          int place = sources.findById(source.name()).map(SourceRow::place).orElse(behind);
          put(SourceRow.of(source, place));
          return true;
        });
  }

  void leave(String name) {
    decisions.forget(name);
    transactions.write(
        () -> {
          sources.findById(name).ifPresent(this::forget);
          return true;
        });
  }

  private void forget(SourceRow row) {
    if (documents.deleteOfSource(row.name()) > 0) {
      tallies.countAnew();
    }
    sources.forget(row.name());
    rounds.forget(row.name());
  }

  private void put(SourceRow row) {
    if (sources.findById(row.name()).isPresent()) {
      sources.update(row);
    } else {
      sources.save(row);
    }
  }

  Optional<SourceRecord> source(String name) {
    return transactions.read(() -> sources.findById(name)).map(SourceRow::sourceRecord);
  }

  void write(SourceRecord source) {
    decisions.remember(source);
    transactions.write(
        () -> {
          sources
              .findById(source.name())
              .ifPresent(row -> sources.update(SourceRow.of(source, row.place())));
          return true;
        });
  }

  void confirm(String source) {
    decisions.confirm(source);
    transactions.write(() -> sources.confirm(source));
  }

  long countWanted(Collection<String> names) {
    return transactions.read(tallies::all).stream()
        .filter(row -> names.contains(row.source()) && !row.is(State.SKIPPED))
        .mapToLong(TallyRow::files)
        .sum();
  }

  Optional<HashRound> hashRound(String source) {
    return transactions.read(() -> rounds.findById(source)).map(HashRoundRow::hashRound);
  }

  void write(HashRound round) {
    transactions.write(
        () -> {
          if (rounds.findById(round.source()).isPresent()) {
            rounds.update(HashRoundRow.of(round));
          } else {
            rounds.save(HashRoundRow.of(round));
          }
          return true;
        });
  }
}
