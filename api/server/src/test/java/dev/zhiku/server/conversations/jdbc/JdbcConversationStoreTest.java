package dev.zhiku.server.conversations.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.conversations.ConversationStore;
import dev.zhiku.server.conversations.ConversationStoreContract;
import dev.zhiku.server.identity.jdbc.ServiceDatabaseFixture;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcConversationStoreTest extends ConversationStoreContract {
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
  protected ConversationStore store() {
    return database.store(ConversationStore.class);
  }

  @Test
  void what_was_kept_is_there_when_the_file_is_opened_again() {
    store().create("machine", empty("c_1", 0));
    store().add("machine", "c_1", asked("q_1", "𠮷 long", 1), OptionalInt.empty(), "𠮷 long");
    database.reopen();

    assertThat(store().turns("machine", "c_1", OptionalInt.empty(), 9))
        .containsExactly(asked("q_1", "𠮷 long", 1).at(1));
    assertThat(store().find("machine", "c_1")).isPresent();
  }

  @Test
  void an_answer_too_long_for_its_row_is_cut_and_one_with_too_many_passages_kept_without_them() {
    store().create("machine", empty("c_1", 0));
    store().add("machine", "c_1", asked("q_1", "a", 1), OptionalInt.empty(), "a");
    String endless = "x".repeat(1_200_000);
    store()
        .replace(
            "machine",
            "c_1",
            asked("q_1", "a", 1)
                .at(1)
                .ended("answered", endless, Optional.of(endless), Optional.empty()));

    assertThat(store().turns("machine", "c_1", OptionalInt.empty(), 1))
        .singleElement()
        .satisfies(
            turn -> {
              assertThat(turn.answer()).hasSize(1_000_000);
              assertThat(turn.response()).isEmpty();
            });
  }
}
