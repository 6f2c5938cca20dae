package dev.zhiku.server.identity.jdbc.persons;

import dev.zhiku.server.identity.Change;
import dev.zhiku.server.identity.Person;
import dev.zhiku.server.identity.PersonStore;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import dev.zhiku.server.identity.jdbc.ServiceTransactions;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Persons through Micronaut Data; every public method is one transaction. */
@Singleton
@Requires(property = ServiceDatabase.DIRECTORY)
final class JdbcPersonStore implements PersonStore {
  private final ServiceTransactions transactions;
  private final PersonRows persons;
  private final InvitationRows invitations;
  private final DeviceRows devices;

  JdbcPersonStore(
      ServiceTransactions transactions,
      PersonRows persons,
      InvitationRows invitations,
      DeviceRows devices) {
    this.transactions = transactions;
    this.persons = persons;
    this.invitations = invitations;
    this.devices = devices;
  }

  @Override
  public List<Person> persons() {
    return transactions.read(this::read);
  }

  private List<Person> read() {
    Map<String, List<InvitationRow>> open =
        invitations.findAllOrderByCreatedMs().stream()
            .collect(Collectors.groupingBy(InvitationRow::personId));
    Map<String, List<DeviceRow>> signedIn =
        devices.findAllOrderByCreatedMs().stream()
            .collect(Collectors.groupingBy(DeviceRow::personId));
    return persons.findAllOrderByCreatedMs().stream()
        .map(
            row ->
                person(
                    row,
                    open.getOrDefault(row.id(), List.of()),
                    signedIn.getOrDefault(row.id(), List.of())))
        .toList();
  }

  private static Person person(PersonRow row, List<InvitationRow> open, List<DeviceRow> signedIn) {
    return new Person(
        row.id(),
        row.name(),
        Role.named(row.role())
            .orElseThrow(() -> new IllegalStateException("no role is named " + row.role())),
        Instant.ofEpochMilli(row.createdMs()),
        row.createdBy(),
        Optional.ofNullable(row.removedMs()).map(Instant::ofEpochMilli),
        open.stream()
            .map(
                one ->
                    new Person.Invitation(
                        one.id(),
                        one.hash(),
                        Instant.ofEpochMilli(one.createdMs()),
                        Instant.ofEpochMilli(one.endsMs())))
            .toList(),
        signedIn.stream()
            .map(
                one ->
                    new Person.Device(
                        one.id(),
                        one.hash(),
                        one.label(),
                        Instant.ofEpochMilli(one.createdMs()),
                        Instant.ofEpochMilli(one.usedMs())))
            .toList());
  }

  @Override
  public void save(Person person, Change change) {
    transactions.write(() -> write(person), List.of(change));
  }

  private void write(Person person) {
    PersonRow row =
        new PersonRow(
            person.id(),
            person.name(),
            person.role().wireName(),
            person.createdAt().toEpochMilli(),
            person.createdBy(),
            person.removedAt().map(Instant::toEpochMilli).orElse(null));
    if (persons.findById(person.id()).isPresent()) {
      persons.update(row);
    } else {
      persons.save(row);
    }
    invitations.forget(person.id());
    for (Person.Invitation one : person.invitations()) {
      invitations.save(
          new InvitationRow(
              one.id(),
              person.id(),
              one.hash(),
              one.createdAt().toEpochMilli(),
              one.endsAt().toEpochMilli()));
    }
    devices.forget(person.id());
    for (Person.Device one : person.devices()) {
      devices.save(
          new DeviceRow(
              one.id(),
              person.id(),
              one.hash(),
              one.label(),
              one.createdAt().toEpochMilli(),
              one.usedAt().toEpochMilli()));
    }
  }

  @Override
  public void used(String deviceId, Instant at) {
    transactions.write(() -> devices.used(deviceId, at.toEpochMilli()));
  }
}
