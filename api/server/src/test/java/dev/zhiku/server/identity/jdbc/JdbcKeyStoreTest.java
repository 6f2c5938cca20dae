package dev.zhiku.server.identity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.identity.Change;
import dev.zhiku.server.identity.KeyStore;
import dev.zhiku.server.identity.KeyStoreContract;
import dev.zhiku.server.identity.NamedKey;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcKeyStoreTest extends KeyStoreContract {
  private ServiceDatabaseFixture database;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = ServiceDatabaseFixture.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected KeyStore store() {
    return database.store(KeyStore.class);
  }

  @Test
  void what_was_saved_is_there_when_the_file_is_opened_again() {
    NamedKey key = key("k_1", Instant.parse("2026-11-29T08:00:00Z"));
    store().save(key, new Change(key.createdAt(), "machine", "key-created", "k_1", "reader x"));
    database.reopen();

    assertThat(store().keys()).containsExactly(key);
    assertThat(store().changes(9)).hasSize(1);
  }
}
