package dev.zhiku.server.conversations.jdbc;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.server.conversations.Conversation;
import dev.zhiku.server.conversations.ConversationStore;
import dev.zhiku.server.conversations.KeptTurn;
import dev.zhiku.server.conversations.SearchWords;
import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import io.micronaut.context.annotation.Requires;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Conversations through Micronaut Data; every public method is one transaction. */
@Singleton
@Requires(property = ServiceDatabase.DIRECTORY)
final class JdbcConversationStore implements ConversationStore {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcConversationStore.class);

  private final TransactionOperations<Connection> transactions;
  private final ConversationRows conversations;
  private final TurnRows turns;
  private final ReentrantLock writing = new ReentrantLock();

  JdbcConversationStore(
      @Named(ServiceDatabase.DATASOURCE) TransactionOperations<Connection> transactions,
      ConversationRows conversations,
      TurnRows turns) {
    this.transactions = transactions;
    this.conversations = conversations;
    this.turns = turns;
  }

  @Override
  public void create(String owner, Conversation made) {
    write(
        () -> {
          conversations.save(
              new ConversationRow(
                  made.id(),
                  owner,
                  made.title(),
                  SearchWords.fold(made.title()),
                  made.pinned() ? 1 : 0,
                  made.createdAt().toEpochMilli(),
                  made.changedAt().toEpochMilli(),
                  0,
                  0));
          return true;
        });
  }

  @Override
  public Optional<Conversation> find(String owner, String id) {
    return read(() -> conversations.find(owner, id).map(Rows::conversation));
  }

  @Override
  public List<Conversation> list(
      String owner, List<String> words, Optional<Place> after, int most) {
    List<String> like = new ArrayList<>(words.stream().map(Rows::pattern).toList());
    while (like.size() < SearchWords.MOST) {
      like.add("%");
    }
    return read(
        () ->
            conversations
                .list(
                    owner,
                    after.map(place -> place.pinned() ? 1 : 0).orElse(2),
                    after.map(place -> place.changedAt().toEpochMilli()).orElse(Long.MAX_VALUE),
                    after.map(Place::id).orElse(""),
                    most,
                    like.get(0),
                    like.get(1),
                    like.get(2),
                    like.get(3),
                    like.get(4),
                    like.get(5),
                    like.get(6),
                    like.get(7))
                .stream()
                .map(Rows::conversation)
                .toList());
  }

  @Override
  public boolean change(String owner, String id, String title, boolean pinned) {
    return write(
        () -> {
          Optional<ConversationRow> found = conversations.find(owner, id);
          found.ifPresent(row -> conversations.update(Rows.changed(row, title, pinned)));
          return found.isPresent();
        });
  }

  @Override
  public boolean delete(String owner, String id) {
    return write(
        () -> {
          Optional<ConversationRow> found = conversations.find(owner, id);
          found.ifPresent(this::remove);
          return found.isPresent();
        });
  }

  private void remove(ConversationRow row) {
    turns.removeFrom(row.id(), 0);
    conversations.remove(row.id());
  }

  @Override
  public List<KeptTurn> turns(String owner, String id, OptionalInt before, int most) {
    return read(
        () ->
            conversations.find(owner, id).isEmpty()
                ? List.of()
                : turns.last(id, before.orElse(Integer.MAX_VALUE), most).reversed().stream()
                    .map(Rows::turn)
                    .toList());
  }

  @Override
  public OptionalInt add(String owner, String id, KeptTurn turn, OptionalInt from, String title) {
    return write(
        () -> {
          Optional<ConversationRow> found = conversations.find(owner, id);
          if (found.isEmpty()) {
            return OptionalInt.empty();
          }
          from.ifPresent(place -> turns.removeFrom(id, place));
          int place = turns.lastPlace(id) + 1;
          turns.save(Rows.row(id, turn.at(place)));
          ConversationRow row = found.get();
          String named = row.title().isEmpty() ? title : row.title();
          count(Rows.asked(row, named, turn.askedAt()));
          return OptionalInt.of(place);
        });
  }

  private void count(ConversationRow row) {
    conversations.update(Rows.counted(row, turns.count(row.id()), turns.bytes(row.id())));
  }

  @Override
  public void replace(String owner, String id, KeptTurn turn) {
    write(
        () -> {
          Optional<ConversationRow> found = conversations.find(owner, id);
          turns
              .findById(Rows.turnId(id, turn.number()))
              .filter(row -> found.isPresent() && row.queryId().equals(turn.queryId()))
              .ifPresent(
                  row -> {
                    turns.update(Rows.row(id, turn));
                    count(found.orElseThrow());
                  });
          return true;
        });
  }

  @Override
  public boolean rate(String owner, String id, int number, Optional<KeptTurn.Rating> rating) {
    return write(
        () -> {
          Optional<TurnRow> found =
              conversations.find(owner, id).flatMap(row -> turns.findById(Rows.turnId(id, number)));
          found.ifPresent(row -> turns.update(Rows.rated(row, rating)));
          return found.isPresent();
        });
  }

  @Override
  public Use use(String owner) {
    return read(() -> new Use(conversations.count(owner), conversations.bytes(owner)));
  }

  @Override
  public int forget(Instant before) {
    return write(
        () -> {
          List<ConversationRow> old = conversations.unchangedSince(before.toEpochMilli());
          old.forEach(this::remove);
          return old.size();
        });
  }

  @Override
  public int rewrite(String document, UnaryOperator<List<KeptTurn>> change, boolean keep) {
    int changed = 0;
    for (String id : read(() -> turns.conversationsWith(Rows.pattern(document)))) {
      changed +=
          keep
              ? write(() -> rewritten(id, change, true))
              : read(() -> rewritten(id, change, false));
    }
    return changed;
  }

  private int rewritten(String id, UnaryOperator<List<KeptTurn>> change, boolean keep) {
    List<KeptTurn> before =
        turns.last(id, Integer.MAX_VALUE, Integer.MAX_VALUE).reversed().stream()
            .map(Rows::turn)
            .toList();
    List<KeptTurn> after = change.apply(before);
    int changed = 0;
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(after.get(i))) {
        changed++;
        if (keep) {
          turns.update(Rows.row(id, after.get(i)));
        }
      }
    }
    if (keep && changed > 0) {
      conversations.findById(id).ifPresent(this::count);
    }
    return changed;
  }

  private <T> T read(Supplier<T> work) {
    return told(() -> transactions.executeRead(status -> work.get()));
  }

  private <T> T write(Supplier<T> work) {
    writing.lock();
    try {
      return told(() -> transactions.executeWrite(status -> work.get()));
    } finally {
      writing.unlock();
    }
  }

  private static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (Problem e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("The service database failed", e);
      throw new Problem(ProblemCode.CONVERSATIONS_UNAVAILABLE);
    }
  }
}
