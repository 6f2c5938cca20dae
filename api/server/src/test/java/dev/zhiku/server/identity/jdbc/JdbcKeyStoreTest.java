package dev.zhiku.server.identity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.identity.Change;
import dev.zhiku.server.identity.KeyStore;
import dev.zhiku.server.identity.KeyStoreContract;
import dev.zhiku.server.identity.NamedKey;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcKeyStoreTest extends KeyStoreContract {
  @TempDir private Path folder;
  private Optional<ApplicationContext> context = Optional.empty();

  @BeforeEach
  void open() {
    context =
        Optional.of(
            ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .properties(ServiceDatabase.prepare(folder))
                .start());
  }

  @AfterEach
  void close() {
    context.ifPresent(ApplicationContext::close);
  }

  @Override
  protected KeyStore store() {
    return context.orElseThrow().getBean(KeyStore.class);
  }

  @Test
  void what_was_saved_is_there_when_the_file_is_opened_again() {
    NamedKey key = key("k_1", Instant.parse("2026-11-29T08:00:00Z"));
    store().save(key, new Change(key.createdAt(), "machine", "key-created", "k_1", "reader x"));
    close();
    open();

    assertThat(store().keys()).containsExactly(key);
    assertThat(store().changes(9)).hasSize(1);
  }
}
