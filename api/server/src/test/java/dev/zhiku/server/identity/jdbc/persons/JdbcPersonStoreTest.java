package dev.zhiku.server.identity.jdbc.persons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.identity.KeyStore;
import dev.zhiku.server.identity.Person;
import dev.zhiku.server.identity.PersonStore;
import dev.zhiku.server.identity.PersonStoreContract;
import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcPersonStoreTest extends PersonStoreContract {
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
  protected PersonStore store() {
    return context.orElseThrow().getBean(PersonStore.class);
  }

  @Test
  void who_was_saved_is_there_when_the_file_is_opened_again_and_is_no_change_of_a_key() {
    Person one = person("p_1", Instant.parse("2026-11-29T08:00:00Z"));
    store().save(one, change("p_1"));
    close();
    open();

    assertThat(store().persons()).containsExactly(one);
    assertThat(context.orElseThrow().getBean(KeyStore.class).changes(9)).isEmpty();
  }
}
