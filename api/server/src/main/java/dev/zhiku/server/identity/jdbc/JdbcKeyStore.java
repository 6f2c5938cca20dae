package dev.zhiku.server.identity.jdbc;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.server.identity.Change;
import dev.zhiku.server.identity.KeyStore;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.identity.Usage;
import io.micronaut.context.annotation.Requires;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys through Micronaut Data; every public method is one transaction. */
@Singleton
@Requires(property = ServiceDatabase.DIRECTORY)
final class JdbcKeyStore implements KeyStore {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcKeyStore.class);
  private static final int MAX_DETAIL = 4_000;

  private final ServiceConnections connections;
  private final TransactionOperations<Connection> transactions;
  private final KeyRows keys;
  private final SecretRows secrets;
  private final UsageRows usage;
  private final ChangeRows changes;
  private final ReentrantLock writing = new ReentrantLock();

  JdbcKeyStore(
      ServiceConnections connections,
      @Named(ServiceDatabase.DATASOURCE) TransactionOperations<Connection> transactions,
      KeyRows keys,
      SecretRows secrets,
      UsageRows usage,
      ChangeRows changes) {
    this.connections = connections;
    this.transactions = transactions;
    this.keys = keys;
    this.secrets = secrets;
    this.usage = usage;
    this.changes = changes;
  }

  @Override
  public List<NamedKey> keys() {
    return told(() -> transactions.executeRead(status -> readKeys()));
  }

  private List<NamedKey> readKeys() {
    Map<String, List<NamedKey.Secret>> byKey = new HashMap<>();
    for (SecretRow row : secrets.findAllOrderByCreatedMs()) {
      byKey
          .computeIfAbsent(row.keyId(), id -> new ArrayList<>())
          .add(
              new NamedKey.Secret(
                  row.id(), row.hash(), Instant.ofEpochMilli(row.createdMs()), time(row.endsMs())));
    }
    return keys.findAllOrderByCreatedMs().stream()
        .map(row -> key(row, byKey.getOrDefault(row.id(), List.of())))
        .toList();
  }

  private static NamedKey key(KeyRow row, List<NamedKey.Secret> secrets) {
    return new NamedKey(
        row.id(),
        new NamedKey.Terms(
            row.label(),
            Role.named(row.role())
                .orElseThrow(() -> new IllegalStateException("no role is named " + row.role())),
            time(row.expiresMs()),
            row.addresses().isEmpty() ? List.of() : List.of(row.addresses().split(" ", -1)),
            Optional.ofNullable(row.questionsPerMinute()),
            row.onBehalfOf()),
        Instant.ofEpochMilli(row.createdMs()),
        row.createdBy(),
        time(row.revokedMs()),
        secrets);
  }

  @Override
  public void save(NamedKey key, Change change) {
    write(
        () -> {
          KeyRow row = row(key);
          if (keys.findById(key.id()).isPresent()) {
            keys.update(row);
          } else {
            keys.save(row);
          }
          secrets.forget(key.id());
          for (NamedKey.Secret secret : key.secrets()) {
            secrets.save(
                new SecretRow(
                    secret.id(),
                    key.id(),
                    secret.hash(),
                    secret.createdAt().toEpochMilli(),
                    millis(secret.endsAt())));
          }
          add(change);
        });
    told(
        () -> {
          connections.force();
          return true;
        });
  }

  private static KeyRow row(NamedKey key) {
    return new KeyRow(
        key.id(),
        key.terms().label(),
        key.terms().role().wireName(),
        millis(key.terms().expiresAt()),
        String.join(" ", key.terms().addresses()),
        key.terms().questionsPerMinute().orElse(null),
        key.createdAt().toEpochMilli(),
        key.createdBy(),
        millis(key.revokedAt()),
        key.terms().onBehalfOf());
  }

  private void add(Change change) {
    String detail = change.detail();
    changes.save(
        new ChangeRow(
            changes.lastSeq() + 1,
            change.at().toEpochMilli(),
            change.who(),
            change.what(),
            change.subject(),
            detail.substring(0, Math.min(MAX_DETAIL, detail.length()))));
  }

  @Override
  public Map<String, Usage> usage() {
    return told(
        () ->
            transactions.executeRead(
                status -> {
                  Map<String, Usage> found = new HashMap<>();
                  usage.findAll().forEach(row -> found.put(row.keyId(), used(row)));
                  return found;
                }));
  }

  private static Usage used(UsageRow row) {
    return new Usage(
        row.questions(), row.promptTokens(), row.completionTokens(), time(row.lastAskedMs()));
  }

  @Override
  public void addUsage(Map<String, Usage> used) {
    write(() -> used.forEach(this::add));
  }

  private void add(String id, Usage used) {
    Optional<UsageRow> before = usage.findById(id);
    Usage all = before.map(JdbcKeyStore::used).orElse(Usage.NONE).and(used);
    UsageRow row =
        new UsageRow(
            id,
            all.questions(),
            all.promptTokens(),
            all.completionTokens(),
            millis(all.lastAskedAt()));
    if (before.isPresent()) {
      usage.update(row);
    } else {
      usage.save(row);
    }
  }

  @Override
  public List<Change> changes(int most) {
    return told(
        () ->
            transactions.executeRead(
                status ->
                    changes.last(most).stream()
                        .map(
                            row ->
                                new Change(
                                    Instant.ofEpochMilli(row.atMs()),
                                    row.who(),
                                    row.what(),
                                    row.subject(),
                                    row.detail()))
                        .toList()));
  }

  private void write(Runnable work) {
    writing.lock();
    try {
      told(
          () ->
              transactions.executeWrite(
                  status -> {
                    work.run();
                    return true;
                  }));
    } finally {
      writing.unlock();
    }
  }

  private static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      LOG.error("The service database failed", e);
      throw new Problem(ProblemCode.ACCESS_UNAVAILABLE);
    }
  }

  private static Optional<Instant> time(@Nullable Long millis) {
    return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
  }

  private static @Nullable Long millis(Optional<Instant> time) {
    return time.map(Instant::toEpochMilli).orElse(null);
  }
}
