package dev.zhiku.server.identity.jdbc;

import dev.zhiku.server.identity.Change;
import dev.zhiku.server.identity.KeyStore;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.identity.SeenKeys;
import dev.zhiku.server.identity.Usage;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys through Micronaut Data; every public method is one transaction. */
@Singleton
@Requires(property = ServiceDatabase.DIRECTORY)
final class JdbcKeyStore implements KeyStore {
  private final ServiceTransactions transactions;
  private final KeyRows keys;
  private final SecretRows secrets;
  private final UsageRows usage;
  private final ChangeRows changes;

  JdbcKeyStore(
      ServiceTransactions transactions,
      KeyRows keys,
      SecretRows secrets,
      UsageRows usage,
      ChangeRows changes) {
    this.transactions = transactions;
    this.keys = keys;
    this.secrets = secrets;
    this.usage = usage;
    this.changes = changes;
  }

  @Override
  public List<NamedKey> keys() {
    return transactions.read(this::readKeys);
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
    transactions.write(
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
        },
        List.of(change));
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

  @Override
  public void note(Change change) {
    transactions.write(() -> {}, List.of(change));
  }

  @Override
  public List<Change> sightings() {
    return transactions.read(
        () -> changes.all(SeenKeys.WHAT).stream().map(ChangeRow::change).toList());
  }

  @Override
  public Map<String, Usage> usage() {
    return transactions.read(
        () -> {
          Map<String, Usage> found = new HashMap<>();
          usage.findAll().forEach(row -> found.put(row.asker(), used(row)));
          return found;
        });
  }

  private static Usage used(UsageRow row) {
    return new Usage(
        row.questions(), row.promptTokens(), row.completionTokens(), time(row.lastAskedMs()));
  }

  @Override
  public void addUsage(Map<String, Usage> used, Set<String> forgotten) {
    transactions.write(
        () -> {
          used.forEach(this::add);
          forgotten.forEach(usage::deleteById);
        });
  }

  private void add(String asker, Usage used) {
    Optional<UsageRow> before = usage.findById(asker);
    Usage all = before.map(JdbcKeyStore::used).orElse(Usage.NONE).and(used);
    UsageRow row =
        new UsageRow(
            asker,
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
    return transactions.read(
        () -> changes.lastOfKeys(most).stream().map(ChangeRow::change).toList());
  }

  private static Optional<Instant> time(@Nullable Long millis) {
    return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
  }

  private static @Nullable Long millis(Optional<Instant> time) {
    return time.map(Instant::toEpochMilli).orElse(null);
  }
}
