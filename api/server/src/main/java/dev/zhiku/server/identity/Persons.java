package dev.zhiku.server.identity;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Persons by name, whom administrators invite. Requests are judged from memory; a change is durable
 * before it is seen there, and seen there before the call returns. Thread-safe.
 */
public final class Persons {
  /** Most persons at a time. */
  public static final int MAX_PERSONS = 5_000;

  /** Most invitations, and most devices, of one person; the oldest gives way. */
  static final int MAX_EACH = 20;

  private static final Logger LOG = LoggerFactory.getLogger(Persons.class);
  private static final Duration USE_NOTED_EVERY = Duration.ofDays(1);
  private static final int SECRET_LETTERS = 43;
  private static final int ID_BYTES = 8;
  private static final int MAX_LABEL = 200;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final PersonStore store;
  private final KeyHash hash;
  private final Clock clock;
  private volatile Known known;

  /** State that requests are judged by. */
  private record Known(
      Map<String, Person> byId, Map<String, Person> byInvitation, Map<String, SignedIn> byDevice) {
    static Known of(Map<String, Person> byId) {
      Map<String, Person> byInvitation = new HashMap<>();
      Map<String, SignedIn> byDevice = new HashMap<>();
      for (Person person : byId.values()) {
        person.invitations().forEach(one -> byInvitation.put(one.hash(), person));
        person.devices().forEach(one -> byDevice.put(one.hash(), new SignedIn(person, one)));
      }
      return new Known(byId, byInvitation, byDevice);
    }

    Known with(Person person) {
      Map<String, Person> persons = new LinkedHashMap<>(byId);
      persons.put(person.id(), person);
      return of(persons);
    }
  }

  /** A person on one of his devices. */
  public record SignedIn(Person person, Person.Device device) {}

  /**
   * An invitation, with the word that accepts it, to be shown once.
   *
   * @param token the word itself
   */
  public record Invited(Person person, Person.Invitation invitation, String token) {}

  /**
   * A device that was signed in now.
   *
   * @param secret goes into its cookie and is not kept
   */
  public record Accepted(SignedIn signedIn, String secret) {}

  /** Reads all persons from the store. */
  public Persons(PersonStore store, KeyHash hash, Clock clock) {
    this.store = store;
    this.hash = hash;
    this.clock = clock;
    Map<String, Person> persons = new LinkedHashMap<>();
    store.persons().forEach(person -> persons.put(person.id(), person));
    this.known = Known.of(persons);
  }

  /**
   * Invites somebody to one device: a new person, or one of this name that is there, who keeps his
   * role.
   *
   * @param who name of the principal that wants it
   * @throws Problem {@code person-exists} if one of this name has another role, {@code
   *     persons-too-many}, or it cannot be kept
   */
  public synchronized Invited invite(String name, Optional<Role> role, String who) {
    Instant now = clock.instant();
    Person person = named(name).orElseGet(() -> newcomer(name, role.orElse(Role.READER), now, who));
    if (role.filter(other -> other != person.role()).isPresent()) {
      throw new Problem(ProblemCode.PERSON_EXISTS, person.role().wireName());
    }
    String token = AccessKey.letters(SECRET_LETTERS);
    Person.Invitation invitation =
        new Person.Invitation(newId("i_"), ofInvitation(token), now, now.plus(Person.INVITED));
    Person kept = person.at(now);
    Person invited = kept.with(and(kept.invitations(), invitation), kept.devices());
    keep(invited, new Change(now, who, "person-invited", person.id(), described(person)));
    return new Invited(invited, invitation, token);
  }

  private Person newcomer(String name, Role role, Instant now, String who) {
    if (known.byId().values().stream().filter(Person::stands).count() >= MAX_PERSONS) {
      throw new Problem(ProblemCode.PERSONS_TOO_MANY, MAX_PERSONS);
    }
    return new Person(newId("p_"), name, role, now, who, Optional.empty(), List.of(), List.of());
  }

  /**
   * Signs a device in, with an invitation that ends with that.
   *
   * @param label what the browser says of itself
   * @throws Problem {@code invitation-ended} if there is no such invitation, or not any more
   */
  public synchronized Accepted accept(String token, String label) {
    Instant now = clock.instant();
    String wanted = ofInvitation(token);
    Person person =
        Optional.ofNullable(known.byInvitation().get(wanted))
            .map(found -> found.at(now))
            .filter(found -> found.invitations().stream().anyMatch(i -> i.hash().equals(wanted)))
            .orElseThrow(() -> new Problem(ProblemCode.INVITATION_ENDED));
    String secret = AccessKey.letters(SECRET_LETTERS);
    Person.Device device =
        new Person.Device(newId("d_"), ofDevice(secret), shortened(label), now, now);
    Person accepted =
        person.with(
            person.invitations().stream().filter(i -> !i.hash().equals(wanted)).toList(),
            and(person.devices(), device));
    keep(
        accepted,
        new Change(
            now,
            person.principal().name(),
            "device-signed-in",
            person.id(),
            device.id() + " " + device.label()));
    return new Accepted(new SignedIn(accepted, device), secret);
  }

  /**
   * Takes back an invitation.
   *
   * @throws Problem {@code person-not-found} if there is none that waits
   */
  public synchronized void withdraw(String invitationId, String who) {
    Instant now = clock.instant();
    Person person =
        known.byInvitation().values().stream()
            .map(found -> found.at(now))
            .filter(
                found -> found.invitations().stream().anyMatch(i -> i.id().equals(invitationId)))
            .findFirst()
            .orElseThrow(() -> new Problem(ProblemCode.PERSON_NOT_FOUND));
    keep(
        person.with(
            person.invitations().stream().filter(i -> !i.id().equals(invitationId)).toList(),
            person.devices()),
        new Change(now, who, "invitation-withdrawn", person.id(), described(person)));
  }

  /**
   * Signs a device out for good.
   *
   * @return the device
   * @throws Problem {@code person-not-found} if he has no such device
   */
  public synchronized Person.Device endDevice(String personId, String deviceId, String who) {
    Instant now = clock.instant();
    Person person = standing(personId);
    Person.Device ended =
        person.devices().stream()
            .filter(device -> device.id().equals(deviceId))
            .findFirst()
            .orElseThrow(() -> new Problem(ProblemCode.PERSON_NOT_FOUND));
    keep(
        person.with(
            person.invitations(),
            person.devices().stream().filter(device -> !device.equals(ended)).toList()),
        new Change(now, who, "device-signed-out", personId, ended.id() + " " + ended.label()));
    return ended;
  }

  /**
   * Removes a person: no device of his is signed in any more, no invitation opens anything.
   *
   * @return him as he was
   * @throws Problem {@code person-not-found} if there is none
   */
  public synchronized Person remove(String id, String who) {
    Person person = standing(id);
    Instant now = clock.instant();
    keep(person.removed(now), new Change(now, who, "person-removed", id, described(person)));
    return person;
  }

  private Person standing(String id) {
    return find(id)
        .filter(Person::stands)
        .orElseThrow(() -> new Problem(ProblemCode.PERSON_NOT_FOUND));
  }

  /** Who is signed in with this secret; that he asks keeps him signed in. */
  public Optional<SignedIn> signedIn(String secret) {
    Instant now = clock.instant();
    Optional<SignedIn> found =
        Optional.ofNullable(known.byDevice().get(ofDevice(secret)))
            .filter(one -> one.device().standsAt(now));
    found
        .filter(one -> one.device().usedAt().plus(USE_NOTED_EVERY).isBefore(now))
        .ifPresent(one -> Thread.startVirtualThread(() -> note(one.device(), now)));
    return found;
  }

  private synchronized void note(Person.Device used, Instant at) {
    SignedIn before = known.byDevice().get(used.hash());
    if (before == null || !before.device().usedAt().isBefore(at)) {
      return;
    }
    Person.Device after =
        new Person.Device(used.id(), used.hash(), used.label(), used.createdAt(), at);
    Person person = before.person();
    try {
      store.used(used.id(), at);
      known =
          known.with(
              person.with(
                  person.invitations(),
                  person.devices().stream()
                      .map(device -> device.id().equals(used.id()) ? after : device)
                      .toList()));
    } catch (Problem e) {
      LOG.debug("The use of a device is noted later: {}", e.toString());
    }
  }

  /** Who is there, by name. */
  public List<Person> list() {
    Instant now = clock.instant();
    return known.byId().values().stream()
        .filter(Person::stands)
        .map(person -> person.at(now))
        .sorted((one, other) -> one.name().compareTo(other.name()))
        .toList();
  }

  /** A person by his id, removed ones too. */
  public Optional<Person> find(String id) {
    return Optional.ofNullable(known.byId().get(id));
  }

  /** The one who is there by this name, compared without regard to case. */
  public Optional<Person> named(String name) {
    return known.byId().values().stream()
        .filter(person -> person.stands() && person.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private void keep(Person person, Change change) {
    store.save(person, change);
    known = known.with(person);
  }

  private static <T> List<T> and(List<T> before, T one) {
    List<T> all = new ArrayList<>(before);
    all.add(one);
    return all.size() > MAX_EACH ? all.subList(all.size() - MAX_EACH, all.size()) : all;
  }

  private String ofInvitation(String token) {
    return hash.of("invitation " + token);
  }

  private String ofDevice(String secret) {
    return hash.of("device " + secret);
  }

  private static String described(Person person) {
    return person.role().wireName() + " " + person.name();
  }

  private static String shortened(String label) {
    String shown =
        label
            .codePoints()
            .filter(c -> !Character.isISOControl(c))
            .limit(MAX_LABEL)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    return shown.length() > MAX_LABEL ? shown.substring(0, MAX_LABEL) : shown;
  }

  private static String newId(String prefix) {
    byte[] bytes = new byte[ID_BYTES];
    RANDOM.nextBytes(bytes);
    return prefix + HexFormat.of().formatHex(bytes);
  }
}
