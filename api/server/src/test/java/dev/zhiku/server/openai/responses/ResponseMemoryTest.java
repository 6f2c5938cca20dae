package dev.zhiku.server.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.search.Principal;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.Filter;
import dev.zhiku.server.openai.Message;
import dev.zhiku.server.openai.Message.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ResponseMemoryTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-30T08:00:00Z"));
  private final ResponseMemory memory = new ResponseMemory(now::get);

  private static Scope asker(String id) {
    return new Scope(new Principal(Principal.Kind.KEY, id), false, "", new Filter.All());
  }

  private static List<Message> said(String text) {
    return List.of(new Message(Role.USER, text), new Message(Role.ASSISTANT, "answer"));
  }

  @Test
  void what_was_said_is_found_by_its_asker_alone() {
    memory.keep("q_1", asker("a"), said("hello"));

    assertThat(memory.find("q_1", asker("a"))).contains(said("hello"));
    assertThat(memory.find("q_1", asker("b"))).isEmpty();
    assertThat(memory.find("q_2", asker("a"))).isEmpty();
  }

  @Test
  void an_asker_who_may_see_other_documents_now_finds_nothing() {
    memory.keep("q_1", asker("a"), said("hello"));
    Scope narrowed =
        new Scope(
            new Principal(Principal.Kind.KEY, "a"), false, "", new Filter.Source("knowledge"));

    assertThat(memory.find("q_1", narrowed)).isEmpty();
  }

  @Test
  void after_a_day_it_is_forgotten() {
    memory.keep("q_1", asker("a"), said("hello"));
    now.updateAndGet(at -> at.plus(ResponseMemory.KEPT));
    assertThat(memory.find("q_1", asker("a"))).isPresent();

    now.updateAndGet(at -> at.plus(Duration.ofSeconds(1)));

    assertThat(memory.find("q_1", asker("a"))).isEmpty();
  }

  @Test
  void one_asker_pushes_out_his_own_oldest_and_nobody_elses() {
    memory.keep("other", asker("b"), said("hello"));
    for (int i = 0; i <= ResponseMemory.MOST_OF_ASKER; i++) {
      memory.keep("q_" + i, asker("a"), said("hello"));
    }

    assertThat(memory.find("q_0", asker("a"))).isEmpty();
    assertThat(memory.find("q_1", asker("a"))).isPresent();
    assertThat(memory.find("other", asker("b"))).isPresent();
  }

  @Test
  void long_conversations_are_limited_by_their_characters() {
    String quarter = "x".repeat((int) (ResponseMemory.MOST_CHARS / 4) - 100);
    memory.keep("q_1", asker("a"), said(quarter));
    memory.keep("other", asker("b"), said("hello"));
    memory.keep("q_2", asker("a"), said(quarter));

    assertThat(memory.find("q_1", asker("a"))).isEmpty();
    assertThat(memory.find("q_2", asker("a"))).isPresent();
    assertThat(memory.find("other", asker("b"))).isPresent();
  }

  @Test
  void beyond_the_limit_of_all_the_oldest_goes() {
    for (int i = 0; i <= ResponseMemory.MOST; i++) {
      memory.keep("q_" + i, asker("asker-" + i % 10), said("hello"));
    }

    assertThat(memory.find("q_0", asker("asker-0"))).isEmpty();
    assertThat(memory.find("q_1", asker("asker-1"))).isPresent();
  }
}
