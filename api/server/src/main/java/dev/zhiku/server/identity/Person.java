package dev.zhiku.server.identity;

import dev.zhiku.answering.search.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A person by name, with the invitations that wait for him and the devices on which he is signed
 * in. Who is removed and invited again under the same name is somebody else.
 *
 * @param id tells him from others of the same name, before and after him
 * @param createdBy name of the principal that invited him first
 * @param removedAt since when he is nobody any more
 * @param invitations that may be accepted, oldest first; one that is accepted is gone
 * @param devices oldest first
 */
public record Person(
    String id,
    String name,
    Role role,
    Instant createdAt,
    String createdBy,
    Optional<Instant> removedAt,
    List<Invitation> invitations,
    List<Device> devices) {
  /** How long an invitation may be accepted. */
  public static final Duration INVITED = Duration.ofHours(24);

  /** How long a device that is not used stays signed in. */
  public static final Duration SIGNED_IN = Duration.ofDays(90);

  public Person {
    invitations = List.copyOf(invitations);
    devices = List.copyOf(devices);
  }

  /**
   * A word that signs one device in, once. Only its hash is kept.
   *
   * @param id by which it is withdrawn
   */
  public record Invitation(String id, String hash, Instant createdAt, Instant endsAt) {
    boolean standsAt(Instant now) {
      return now.isBefore(endsAt);
    }
  }

  /**
   * A browser that he is signed in with. Of its secret only the hash is kept.
   *
   * @param label what the browser said of itself, for people
   * @param usedAt when it asked last, give or take a day
   */
  public record Device(String id, String hash, String label, Instant createdAt, Instant usedAt) {
    /** From when on it is signed out, if it is not used any more. */
    public Instant endsAt() {
      return usedAt.plus(SIGNED_IN);
    }

    boolean standsAt(Instant now) {
      return now.isBefore(endsAt());
    }
  }

  /** The one who asks, on any of his devices. */
  public Principal principal() {
    return new Principal(Principal.Kind.PERSON, id);
  }

  /** Whether he may still be signed in. */
  public boolean stands() {
    return removedAt.isEmpty();
  }

  Person removed(Instant at) {
    return new Person(id, name, role, createdAt, createdBy, Optional.of(at), List.of(), List.of());
  }

  Person with(List<Invitation> open, List<Device> signedIn) {
    return new Person(id, name, role, createdAt, createdBy, removedAt, open, signedIn);
  }

  /** The same without what has ended by itself. */
  Person at(Instant now) {
    return with(
        kept(invitations, invitation -> invitation.standsAt(now)),
        kept(devices, device -> device.standsAt(now)));
  }

  private static <T> List<T> kept(List<T> all, Predicate<T> which) {
    return all.stream().filter(which).toList();
  }
}
