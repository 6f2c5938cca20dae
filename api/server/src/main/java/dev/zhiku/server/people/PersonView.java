package dev.zhiku.server.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.server.identity.Person;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * A person as administrators and auditors see him.
 *
 * @param id by which he is removed, and known in the record of changes as {@code person:ID}
 * @param role reader, uploader, admin or auditor
 * @param createdBy the principal that invited him first
 * @param invitations that wait to be accepted
 * @param devices on which he is signed in
 */
@Schema(name = "Person")
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record PersonView(
    String id,
    String name,
    String role,
    Instant createdAt,
    String createdBy,
    List<InvitationView> invitations,
    List<DeviceView> devices) {
  /**
   * An invitation that waits, without its word.
   *
   * @param id by which it is withdrawn
   * @param endsAt from when on it opens nothing
   */
  @Schema(name = "WaitingInvitation")
  @Serdeable(naming = SnakeCaseStrategy.class)
  record InvitationView(String id, Instant createdAt, Instant endsAt) {}

  /**
   * A device on which a person is signed in.
   *
   * @param id by which it is signed out
   * @param label what its browser said of itself
   * @param usedAt when it asked last, give or take a day
   * @param endsAt from when on it is signed out if it is not used
   */
  @Schema(name = "Device")
  @Serdeable(naming = SnakeCaseStrategy.class)
  record DeviceView(String id, String label, Instant createdAt, Instant usedAt, Instant endsAt) {}

  static PersonView of(Person person) {
    return new PersonView(
        person.id(),
        person.name(),
        person.role().wireName(),
        person.createdAt(),
        person.createdBy(),
        person.invitations().stream()
            .map(one -> new InvitationView(one.id(), one.createdAt(), one.endsAt()))
            .toList(),
        person.devices().stream()
            .map(
                one ->
                    new DeviceView(
                        one.id(), one.label(), one.createdAt(), one.usedAt(), one.endsAt()))
            .toList());
  }
}
