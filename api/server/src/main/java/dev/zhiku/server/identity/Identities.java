package dev.zhiku.server.identity;

import dev.zhiku.answering.search.Principal;
import java.util.Optional;

/**
 * Those who are known by something of their own: applications by their keys, persons by name; and
 * what each may see.
 */
public record Identities(NamedKeys named, Persons persons, AccessRules rules) {
  /** What people call somebody who asks; empty for who has no name. */
  public Optional<String> nameOf(Principal principal) {
    return switch (principal.kind()) {
      case PERSON ->
          principal.speaker().isEmpty()
              ? persons.find(principal.id()).map(Person::name)
              : Optional.of(principal.id());
      case KEY -> named.find(principal.id()).map(key -> key.terms().label());
      case MACHINE, BROWSER, SHARED_KEY, NOBODY -> Optional.empty();
    };
  }
}
