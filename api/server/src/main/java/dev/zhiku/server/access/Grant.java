package dev.zhiku.server.access;

import dev.zhiku.answering.search.Principal;
import dev.zhiku.server.identity.NamedKeys;
import dev.zhiku.server.identity.Person;
import dev.zhiku.server.identity.Persons;
import dev.zhiku.server.identity.Role;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request is let in by.
 *
 * @param credential name of what was shown, by which open connections are cut when it ends; empty
 *     for what never ends by itself
 * @param until when it ends by itself
 */
record Grant(Principal principal, Role role, String credential, Optional<Instant> until) {
  /** Programs of this machine, directly. */
  static final Grant MACHINE = new Grant(Principal.MACHINE, Role.ADMIN, "", Optional.empty());

  /** A browser on this machine, which needs no key and is told from others by its profile. */
  static Grant ofMachine(DeviceCookie device) {
    return new Grant(
        new Principal(Principal.Kind.BROWSER, device.id()), Role.ADMIN, "", Optional.empty());
  }

  /**
   * A key of one application.
   *
   * @param principal the application, or the one of its users for whom it asks
   */
  static Grant of(NamedKeys.Known known, Principal principal) {
    return new Grant(
        principal, known.key().terms().role(), credential(known.secret().id()), known.until());
  }

  /** A user whom a trusted proxy has signed in. */
  static Grant ofProxied(Principal user) {
    return new Grant(user, Role.READER, "", Optional.empty());
  }

  /** The name of a secret of a key as a credential. */
  static String credential(String secretId) {
    return "key:" + secretId;
  }

  /** A person on one of his devices. */
  static Grant of(Persons.SignedIn one) {
    return new Grant(
        one.person().principal(),
        one.person().role(),
        credential(one.device()),
        Optional.of(one.device().endsAt()));
  }

  /** The name of a device as a credential. */
  static String credential(Person.Device device) {
    return "device:" + device.id();
  }

  /** A program that shows one of the keys that several share. */
  static Grant ofShared(Role role) {
    return new Grant(
        new Principal(Principal.Kind.SHARED_KEY, role.name().toLowerCase(Locale.ROOT)),
        role,
        "",
        Optional.empty());
  }

  /** A browser that was signed in with one of them. */
  static Grant ofBrowser(Credential.Shared shared) {
    return new Grant(
        new Principal(Principal.Kind.BROWSER, shared.device()),
        shared.role(),
        "",
        Optional.empty());
  }
}
