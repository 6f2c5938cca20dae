package dev.zhiku.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of persons has to do. */
public abstract class PersonStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-29T08:00:00.123Z");

  protected abstract PersonStore store();

  protected static Person person(String id, Instant createdAt) {
    return new Person(
        id,
        "李 Anna",
        Role.UPLOADER,
        createdAt,
        "machine",
        Optional.empty(),
        List.of(new Person.Invitation("i_" + id, "ab" + id, NOW, NOW.plusSeconds(60))),
        List.of(
            new Person.Device("d1" + id, "cd" + id, "Firefox", NOW, NOW.plusSeconds(1)),
            new Person.Device("d2" + id, "ef" + id, "", NOW.plusSeconds(2), NOW.plusSeconds(3))));
  }

  protected static Change change(String subject) {
    return new Change(NOW, "machine", "person-invited", subject, "reader Anna");
  }

  @Test
  void a_person_is_read_back_as_he_was_saved_and_the_oldest_first() {
    Person one = person("p_1", NOW);
    Person later = person("p_2", NOW.plusSeconds(2));
    store().save(one, change("p_1"));
    store().save(later, change("p_2"));

    assertThat(store().persons()).containsExactly(one, later);
  }

  @Test
  void a_person_who_is_saved_again_takes_the_place_of_the_one_before() {
    Person one = person("p_1", NOW);
    store().save(one, change("p_1"));
    Person removed = one.removed(NOW);
    store().save(removed, change("p_1"));

    assertThat(store().persons()).containsExactly(removed);
  }

  @Test
  void the_use_of_a_device_is_kept_and_that_of_one_that_is_gone_changes_nothing() {
    store().save(person("p_1", NOW), change("p_1"));
    store().used("d1p_1", NOW.plusSeconds(9));
    store().used("d_0", NOW.plusSeconds(9));

    assertThat(store().persons().getFirst().devices())
        .extracting(Person.Device::usedAt)
        .containsExactly(NOW.plusSeconds(9), NOW.plusSeconds(3));
  }
}
