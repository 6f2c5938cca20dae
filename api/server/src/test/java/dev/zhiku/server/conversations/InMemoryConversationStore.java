package dev.zhiku.server.conversations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Conversations for as long as the process lives. Thread-safe. */
public final class InMemoryConversationStore implements ConversationStore {
  private static final Comparator<Conversation> ORDER =
      Comparator.comparing(Conversation::pinned)
          .thenComparing(Conversation::changedAt)
          .thenComparing(Conversation::id)
          .reversed();

  private record Entry(String owner, Conversation conversation, List<KeptTurn> turns) {
    Entry with(Conversation changed, List<KeptTurn> said) {
      return new Entry(
          owner,
          new Conversation(
              changed.id(),
              changed.title(),
              changed.pinned(),
              changed.createdAt(),
              changed.changedAt(),
              said.size()),
          List.copyOf(said));
    }

    boolean holds(String word) {
      return Stream.concat(
              Stream.of(conversation.title()),
              turns.stream().map(turn -> turn.question() + "\n" + turn.answer()))
          .anyMatch(text -> SearchWords.fold(text).contains(word));
    }

    long bytes() {
      return turns.stream().mapToLong(KeptTurn::size).sum();
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private Optional<Entry> entry(String owner, String id) {
    return Optional.ofNullable(entries.get(id)).filter(entry -> entry.owner().equals(owner));
  }

  @Override
  public synchronized void create(String owner, Conversation made) {
    entries.put(made.id(), new Entry(owner, made, List.of()));
  }

  @Override
  public synchronized Optional<Conversation> find(String owner, String id) {
    return entry(owner, id).map(Entry::conversation);
  }

  @Override
  public synchronized List<Conversation> list(
      String owner, List<String> words, Optional<Place> after, int most) {
    return entries.values().stream()
        .filter(entry -> entry.owner().equals(owner))
        .filter(entry -> !entry.turns().isEmpty() || !entry.conversation().title().isEmpty())
        .filter(entry -> words.stream().allMatch(entry::holds))
        .map(Entry::conversation)
        .sorted(ORDER)
        .filter(one -> after.isEmpty() || ORDER.compare(one, at(after.get())) > 0)
        .limit(most)
        .toList();
  }

  private static Conversation at(Place place) {
    return new Conversation(
        place.id(), "", place.pinned(), place.changedAt(), place.changedAt(), 0);
  }

  @Override
  public synchronized boolean change(String owner, String id, String title, boolean pinned) {
    Optional<Entry> found = entry(owner, id);
    found.ifPresent(
        entry ->
            entries.put(
                id, entry.with(entry.conversation().titled(title).withPin(pinned), entry.turns())));
    return found.isPresent();
  }

  @Override
  public synchronized boolean delete(String owner, String id) {
    Optional<Entry> found = entry(owner, id);
    found.ifPresent(entry -> entries.remove(id));
    return found.isPresent();
  }

  @Override
  public synchronized List<KeptTurn> turns(String owner, String id, OptionalInt before, int most) {
    List<KeptTurn> all =
        entry(owner, id).map(Entry::turns).orElse(List.of()).stream()
            .filter(turn -> turn.number() < before.orElse(Integer.MAX_VALUE))
            .toList();
    return all.subList(Math.max(0, all.size() - most), all.size());
  }

  @Override
  public synchronized OptionalInt add(
      String owner, String id, KeptTurn turn, OptionalInt from, String title) {
    Optional<Entry> found = entry(owner, id);
    if (found.isEmpty()) {
      return OptionalInt.empty();
    }
    List<KeptTurn> said = new ArrayList<>(found.get().turns());
    said.removeIf(one -> one.number() >= from.orElse(Integer.MAX_VALUE));
    int number = said.isEmpty() ? 1 : said.getLast().number() + 1;
    said.add(turn.at(number));
    Conversation before = found.get().conversation();
    Instant now = turn.askedAt();
    Conversation after =
        new Conversation(
            id,
            before.title().isEmpty() ? title : before.title(),
            before.pinned(),
            before.createdAt(),
            now.isAfter(before.changedAt()) ? now : before.changedAt(),
            said.size());
    entries.put(id, found.get().with(after, said));
    return OptionalInt.of(number);
  }

  @Override
  public synchronized void replace(String owner, String id, KeptTurn turn) {
    swap(owner, id, turn.number(), old -> old.queryId().equals(turn.queryId()) ? turn : old);
  }

  @Override
  public synchronized boolean rate(
      String owner, String id, int number, Optional<KeptTurn.Rating> rating) {
    return swap(
        owner,
        id,
        number,
        old ->
            new KeptTurn(
                old.number(),
                old.queryId(),
                old.mode(),
                old.question(),
                old.status(),
                old.askedAt(),
                old.answer(),
                old.response(),
                old.failure(),
                rating,
                old.documents()));
  }

  private boolean swap(String owner, String id, int number, UnaryOperator<KeptTurn> change) {
    Optional<Entry> found = entry(owner, id);
    if (found.isEmpty()
        || found.get().turns().stream().noneMatch(turn -> turn.number() == number)) {
      return false;
    }
    List<KeptTurn> said =
        found.get().turns().stream()
            .map(turn -> turn.number() == number ? change.apply(turn) : turn)
            .toList();
    entries.put(id, found.get().with(found.get().conversation(), said));
    return true;
  }

  @Override
  public synchronized int rewrite(
      String document, UnaryOperator<List<KeptTurn>> change, boolean keep) {
    int changed = 0;
    for (Map.Entry<String, Entry> one : entries.entrySet()) {
      List<KeptTurn> before = one.getValue().turns();
      if (before.stream().anyMatch(turn -> isFrom(turn, document))) {
        List<KeptTurn> after = change.apply(before);
        changed += (int) after.stream().filter(turn -> !before.contains(turn)).count();
        if (keep) {
          one.setValue(one.getValue().with(one.getValue().conversation(), after));
        }
      }
    }
    return changed;
  }

  private static boolean isFrom(KeptTurn turn, String document) {
    return turn.documents().contains(document)
        || turn.response().filter(whole -> whole.contains(document)).isPresent();
  }

  @Override
  public synchronized Use use(String owner) {
    List<Entry> own =
        entries.values().stream().filter(entry -> entry.owner().equals(owner)).toList();
    return new Use(own.size(), own.stream().mapToLong(Entry::bytes).sum());
  }

  @Override
  public synchronized int forget(Instant before) {
    List<String> old =
        entries.values().stream()
            .map(Entry::conversation)
            .filter(one -> !one.pinned() && one.changedAt().isBefore(before))
            .map(Conversation::id)
            .toList();
    old.forEach(entries::remove);
    return old.size();
  }
}
