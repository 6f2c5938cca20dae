package dev.zhiku.app.wiring;

import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.CannotStart.Code;
import dev.zhiku.server.ServerParts;
import dev.zhiku.server.access.InstanceSecret;
import dev.zhiku.server.conversations.ConversationStore;
import dev.zhiku.server.identity.AccessRules;
import dev.zhiku.server.identity.AccessStore;
import dev.zhiku.server.identity.AskerUsage;
import dev.zhiku.server.identity.Identities;
import dev.zhiku.server.identity.KeyStore;
import dev.zhiku.server.identity.NamedKeys;
import dev.zhiku.server.identity.PersonStore;
import dev.zhiku.server.identity.Persons;
import dev.zhiku.server.identity.SeenKeys;
import dev.zhiku.server.identity.SharedKeys;
import dev.zhiku.server.identity.jdbc.ServiceCompaction;
import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What the service database holds: keys of applications, persons, rules and conversations. */
final class Keyring implements AutoCloseable {
  private final OpenParts parts;
  private final ServerParts.Keys keys;
  private final ConversationStore conversations;
  private final ServiceCompaction compaction;

  private Keyring(
      OpenParts parts,
      Path folder,
      InstanceSecret secret,
      SharedKeys shared,
      Supplier<Set<String>> added,
      Optional<Integer> questionsPerMinute) {
    this.parts = parts;
    Clock clock = Clock.systemUTC();
    ApplicationContext database = parts.keep("The service database", Beans.start(prepared(folder)));
    KeyStore store = database.getBean(KeyStore.class);
    conversations = database.getBean(ConversationStore.class);
    compaction = database.getBean(ServiceCompaction.class);
    NamedKeys named = new NamedKeys(store, secret.keyHash(), clock);
    Persons persons = new Persons(database.getBean(PersonStore.class), secret.personHash(), clock);
    keys =
        new ServerParts.Keys(
            new Identities(
                named, persons, new AccessRules(database.getBean(AccessStore.class), clock, added)),
            parts.keep(
                "What askers use", AskerUsage.start(store, named, questionsPerMinute, clock)),
            new SeenKeys(named, shared, store, clock));
  }

  private static Map<String, Object> prepared(Path folder) {
    try {
      return ServiceDatabase.prepare(folder);
    } catch (RuntimeException e) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          "The service database "
              + folder.resolve(ServiceDatabase.NAME)
              + ".mv.db cannot be opened: "
              + e.getMessage()
              + "\n"
              + "It holds persons, the keys of applications and the conversations. Bring it back"
              + " from a backup, or move it away to begin without any.");
    }
  }

  /**
   * Opens the database in a folder, made if need be.
   *
   * @param shared the keys of the file beside it
   * @param added names of the sources that were added while the service ran
   * @param questionsPerMinute most of each asker who is no administrator; empty for no limit
   * @throws CannotStart if it cannot be opened
   */
  static Keyring open(
      Path folder,
      InstanceSecret secret,
      SharedKeys shared,
      Supplier<Set<String>> added,
      Optional<Integer> questionsPerMinute)
      throws InterruptedException {
    return OpenParts.open(
        parts -> new Keyring(parts, folder, secret, shared, added, questionsPerMinute));
  }

  ServerParts.Keys keys() {
    return keys;
  }

  ConversationStore conversations() {
    return conversations;
  }

  /** Rewrites the file of the database. */
  ServiceCompaction compaction() {
    return compaction;
  }

  @Override
  public void close() {
    parts.close();
  }
}
