package dev.zhiku.server.identity.jdbc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.identity.AccessStore;
import dev.zhiku.server.identity.AccessStoreContract;
import dev.zhiku.server.identity.jdbc.ServiceDatabaseFixture;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcAccessStoreTest extends AccessStoreContract {
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
  protected AccessStore store() {
    return database.store(AccessStore.class);
  }

  @Test
  void what_was_saved_is_there_when_the_file_is_opened_again() {
    store().save(STATE, List.of(change("a")));
    database.reopen();

    assertThat(store().state()).isEqualTo(STATE);
    assertThat(store().changes(9)).containsExactly(change("a"));
  }
}
