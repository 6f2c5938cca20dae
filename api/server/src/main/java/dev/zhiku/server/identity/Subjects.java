package dev.zhiku.server.identity;

import dev.zhiku.answering.search.Principal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of those whom rules and groups mean, as people write them and as they are kept. */
public final class Subjects {
  /** Longest name, in characters. */
  public static final int MAX_CHARS = 200;

  private static final Pattern BROWSER = Pattern.compile("browser:b_[0-9a-f]{16}");
  private static final Pattern SHARED = Pattern.compile("shared-key:(reader|admin)");
  private static final Pattern SPOKEN_FOR = Pattern.compile("person:(.+) by key:(k_[0-9a-f]+)");
  private static final Pattern BY_PROXY =
      Pattern.compile("person:(.+) by " + Principal.PROXY, Pattern.DOTALL);
  private static final String PERSON = "person:";
  private static final String KEY = "key:";

  private final Identities identities;

  public Subjects(Identities identities) {
    this.identities = identities;
  }

  /**
   * The name as it is kept: persons by their ids, so that a name given to somebody else opens
   * nothing. A bare name is a person's. Empty if it names nobody; a group need not be there yet.
   */
  public Optional<String> kept(String written) {
    String name = written.strip();
    if (name.equals(AccessRule.EVERYONE)) {
      return Optional.of(name);
    }
    if (name.startsWith(AccessRule.GROUP)) {
      return Optional.of(name).filter(n -> isGroup(n.substring(AccessRule.GROUP.length())));
    }
    return principal(name).map(Principal::name).filter(kept -> kept.length() <= MAX_CHARS);
  }

  /** Whether a group may be called so. */
  public static boolean isGroup(String name) {
    return !name.isBlank()
        && name.equals(name.strip())
        && name.length() <= MAX_CHARS - AccessRule.GROUP.length()
        && name.chars().noneMatch(Character::isISOControl);
  }

  /** Who is meant, if it is one who asks. */
  public Optional<Principal> principal(String name) {
    var spokenFor = SPOKEN_FOR.matcher(name);
    if (spokenFor.matches()) {
      return identities
          .named()
          .find(spokenFor.group(2))
          .map(key -> new Principal(Principal.Kind.PERSON, spokenFor.group(1), key.id()));
    }
    var byProxy = BY_PROXY.matcher(name);
    if (byProxy.matches()) {
      return Optional.of(new Principal(Principal.Kind.PERSON, byProxy.group(1), Principal.PROXY));
    }
    if (BROWSER.matcher(name).matches()) {
      return Optional.of(new Principal(Principal.Kind.BROWSER, after(name)));
    }
    if (SHARED.matcher(name).matches()) {
      return Optional.of(new Principal(Principal.Kind.SHARED_KEY, after(name)));
    }
    if (name.startsWith(KEY)) {
      return identities
          .named()
          .find(after(name))
          .map(k -> new Principal(Principal.Kind.KEY, k.id()));
    }
    return person(name.startsWith(PERSON) ? after(name) : name).map(Person::principal);
  }

  private static String after(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  private Optional<Person> person(String nameOrId) {
    return identities
        .persons()
        .find(nameOrId)
        .filter(Person::stands)
        .or(() -> identities.persons().named(nameOrId));
  }

  /** What somebody may do, as far as that is known without his asking. */
  public Role role(Principal principal) {
    return switch (principal.kind()) {
      case MACHINE -> Role.ADMIN;
      case PERSON ->
          principal.speaker().isEmpty()
              ? identities.persons().find(principal.id()).map(Person::role).orElse(Role.READER)
              : ofKey(principal.speaker());
      case KEY -> ofKey(principal.id());
      case SHARED_KEY -> Role.named(principal.id()).orElse(Role.READER);
      case BROWSER, NOBODY -> Role.READER;
    };
  }

  private Role ofKey(String id) {
    return identities.named().find(id).map(key -> key.terms().role()).orElse(Role.READER);
  }

  /** What people call one who asks: also the label of a key. */
  public String called(String asker) {
    return principal(asker).flatMap(identities::nameOf).orElse(asker);
  }

  /** What people call a subject that is kept. */
  public String shown(String kept) {
    return principal(kept)
        .filter(principal -> principal.kind() == Principal.Kind.PERSON)
        .flatMap(identities::nameOf)
        .orElse(kept);
  }
}
