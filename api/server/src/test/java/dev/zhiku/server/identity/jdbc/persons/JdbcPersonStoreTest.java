package dev.zhiku.server.identity.jdbc.persons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.identity.KeyStore;
import dev.zhiku.server.identity.Person;
import dev.zhiku.server.identity.PersonStore;
import dev.zhiku.server.identity.PersonStoreContract;
import dev.zhiku.server.identity.jdbc.ServiceDatabaseFixture;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcPersonStoreTest extends PersonStoreContract {
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
  protected PersonStore store() {
    return database.store(PersonStore.class);
  }

  @Test
  void who_was_saved_is_there_when_the_file_is_opened_again_and_is_no_change_of_a_key() {
    Person one = person("p_1", Instant.parse("2026-11-29T08:00:00Z"));
    store().save(one, change("p_1"));
    database.reopen();

    assertThat(store().persons()).containsExactly(one);
    assertThat(database.store(KeyStore.class).changes(9)).isEmpty();
  }
}
