package dev.zhiku.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PersonsTest {
  private static final String ADMIN = "machine";
  private static final KeyHash HASH =
      new KeyHash(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"), "t");

  private final SettableClock clock = new SettableClock();
  private final InMemoryPersonStore store = new InMemoryPersonStore();
  private final Persons persons = new Persons(store, HASH, clock);

  private static void refused(ProblemCode code, ThrowingCallable call) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(call)
        .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
  }

  private Persons.Accepted signIn(String name) {
    return persons.accept(persons.invite(name, Optional.empty(), ADMIN).token(), "Firefox");
  }

  @Test
  void an_invitation_signs_one_device_in_and_opens_nothing_a_second_time() {
    Persons.Invited invited = persons.invite("Anna", Optional.of(Role.UPLOADER), ADMIN);
    Persons.Accepted accepted = persons.accept(invited.token(), "Firefox\u0000 on Linux");

    Persons.SignedIn known = persons.signedIn(accepted.secret()).orElseThrow();
    assertThat(known.person().name()).isEqualTo("Anna");
    assertThat(known.person().role()).isEqualTo(Role.UPLOADER);
    assertThat(known.device().label()).isEqualTo("Firefox on Linux");
    refused(ProblemCode.INVITATION_ENDED, () -> persons.accept(invited.token(), "x"));
    refused(ProblemCode.INVITATION_ENDED, () -> persons.accept("", "x"));
    assertThat(persons.signedIn(invited.token())).isEmpty();
  }

  @Test
  void an_invitation_ends_after_a_day() {
    String token = persons.invite("Anna", Optional.empty(), ADMIN).token();
    clock.forward(Person.INVITED);

    refused(ProblemCode.INVITATION_ENDED, () -> persons.accept(token, "x"));
    assertThat(persons.list().getFirst().invitations()).isEmpty();
  }

  @Test
  void an_invitation_that_was_taken_back_opens_nothing() {
    Persons.Invited invited = persons.invite("Anna", Optional.empty(), ADMIN);
    persons.withdraw(invited.invitation().id(), ADMIN);

    refused(ProblemCode.INVITATION_ENDED, () -> persons.accept(invited.token(), "x"));
    refused(ProblemCode.PERSON_NOT_FOUND, () -> persons.withdraw(invited.invitation().id(), ADMIN));
  }

  @Test
  void a_device_stays_signed_in_for_ninety_days_after_its_last_use() throws InterruptedException {
    Persons.Accepted used = signIn("Anna");
    clock.forward(Person.SIGNED_IN.minusDays(1));
    assertThat(persons.signedIn(used.secret())).isPresent();
    while (store.persons().getFirst().devices().getFirst().usedAt().isBefore(clock.instant())) {
      Thread.sleep(5);
    }
    clock.forward(Person.SIGNED_IN.minusDays(1));
    assertThat(new Persons(store, HASH, clock).signedIn(used.secret())).isPresent();

    Persons.Accepted idle = signIn("Bert");
    clock.forward(Person.SIGNED_IN);
    assertThat(persons.signedIn(idle.secret())).isEmpty();
  }

  @Test
  void a_second_invitation_of_a_name_is_for_another_device_of_the_same_person() {
    Persons.Accepted one = signIn("Anna");
    Persons.Accepted other = signIn("anna");

    assertThat(other.signedIn().person().principal())
        .isEqualTo(one.signedIn().person().principal());
    assertThat(persons.list()).hasSize(1);
    refused(
        ProblemCode.PERSON_EXISTS, () -> persons.invite("Anna", Optional.of(Role.ADMIN), ADMIN));
  }

  @Test
  void a_device_that_is_signed_out_leaves_the_others() {
    Persons.Accepted one = signIn("Anna");
    Persons.Accepted other = signIn("Anna");
    String id = one.signedIn().person().id();
    persons.endDevice(id, one.signedIn().device().id(), ADMIN);

    assertThat(persons.signedIn(one.secret())).isEmpty();
    assertThat(persons.signedIn(other.secret())).isPresent();
    refused(
        ProblemCode.PERSON_NOT_FOUND,
        () -> persons.endDevice(id, one.signedIn().device().id(), ADMIN));
  }

  @Test
  void who_is_removed_is_signed_out_everywhere_and_his_name_invites_somebody_else() {
    Persons.Accepted before = signIn("Anna");
    String waiting = persons.invite("Anna", Optional.empty(), ADMIN).token();
    String id = before.signedIn().person().id();
    persons.remove(id, ADMIN);

    assertThat(persons.signedIn(before.secret())).isEmpty();
    assertThat(new Persons(store, HASH, clock).signedIn(before.secret())).isEmpty();
    refused(ProblemCode.INVITATION_ENDED, () -> persons.accept(waiting, "x"));
    refused(ProblemCode.PERSON_NOT_FOUND, () -> persons.remove(id, ADMIN));
    assertThat(signIn("Anna").signedIn().person().id()).isNotEqualTo(id);
    assertThat(persons.find(id)).isPresent();
  }

  @Test
  void of_many_devices_the_oldest_gives_way() {
    Persons.Accepted first = signIn("Anna");
    IntStream.range(0, Persons.MAX_EACH).forEach(i -> signIn("Anna"));

    assertThat(persons.signedIn(first.secret())).isEmpty();
    assertThat(persons.list().getFirst().devices()).hasSize(Persons.MAX_EACH);
  }

  @Test
  void the_store_and_the_record_of_changes_hold_neither_words_nor_secrets() {
    Persons.Invited invited = persons.invite("Anna", Optional.empty(), ADMIN);
    Persons.Accepted accepted = persons.accept(invited.token(), "Firefox");

    assertThat(store.persons().toString() + store.changes())
        .doesNotContain(invited.token())
        .doesNotContain(accepted.secret());
    assertThat(store.changes())
        .extracting(Change::what)
        .containsExactly("person-invited", "device-signed-in");
    assertThat(Duration.between(clock.instant(), invited.invitation().endsAt()))
        .isEqualTo(Person.INVITED);
  }

  private static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2026-03-01T08:00:00Z");

    void forward(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("persons know no zones");
    }
  }
}
