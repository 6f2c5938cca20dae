package dev.zhiku.server.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Persons for as long as the process lives. Thread-safe. */
public final class InMemoryPersonStore implements PersonStore {
  private final Map<String, Person> persons = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();

  @Override
  public synchronized List<Person> persons() {
    return List.copyOf(persons.values());
  }

  @Override
  public synchronized void save(Person person, Change change) {
    persons.put(person.id(), person);
    changes.add(change);
  }

  @Override
  public synchronized void used(String deviceId, Instant at) {
    persons.replaceAll(
        (id, person) ->
            person.with(
                person.invitations(),
                person.devices().stream()
                    .map(one -> one.id().equals(deviceId) ? usedAt(one, at) : one)
                    .toList()));
  }

  private static Person.Device usedAt(Person.Device one, Instant at) {
    return new Person.Device(one.id(), one.hash(), one.label(), one.createdAt(), at);
  }

  /** What was done, oldest first. */
  public synchronized List<Change> changes() {
    return List.copyOf(changes);
  }
}
