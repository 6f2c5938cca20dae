package dev.zhiku.server.identity.jdbc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.identity.AccessStore;
import dev.zhiku.server.identity.AccessStoreContract;
import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcAccessStoreTest extends AccessStoreContract {
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
  protected AccessStore store() {
    return context.orElseThrow().getBean(AccessStore.class);
  }

  @Test
  void what_was_saved_is_there_when_the_file_is_opened_again() {
    store().save(STATE, List.of(change("a")));
    close();
    open();

    assertThat(store().state()).isEqualTo(STATE);
    assertThat(store().changes(9)).containsExactly(change("a"));
  }
}
