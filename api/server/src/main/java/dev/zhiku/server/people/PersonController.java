package dev.zhiku.server.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.server.access.Access;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.identity.Persons;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** Persons by name: listed, signed out, removed. */
@Controller("/persons")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "access")
final class PersonController {
  private final Persons persons;
  private final Access access;

  PersonController(Persons persons, Access access) {
    this.persons = persons;
    this.access = access;
  }

  /** Who was invited and is not removed, by name. */
  @Get
  @Operation(operationId = "listPersons", summary = "List persons, their devices and invitations")
  PersonList list() {
    return new PersonList(persons.list().stream().map(PersonView::of).toList());
  }

  /** Removes a person: when this answers, no request and no open stream of his goes on. */
  @Delete(uri = "/{id}", consumes = MediaType.ALL)
  @Status(HttpStatus.NO_CONTENT)
  @Operation(operationId = "removePerson", summary = "Remove a person")
  @ApiResponse(responseCode = "204", description = "removed")
  HttpResponse<?> remove(String id, HttpRequest<?> request) {
    String who = RequestScope.of(request).principal().name();
    access.cut(persons.remove(id, who).devices(), request);
    return HttpResponse.noContent();
  }

  /** Signs a device out: when this answers, no request and no open stream of it goes on. */
  @Delete(uri = "/{id}/devices/{device}", consumes = MediaType.ALL)
  @Status(HttpStatus.NO_CONTENT)
  @Operation(operationId = "signOutDevice", summary = "Sign out a device of a person")
  @ApiResponse(responseCode = "204", description = "signed out")
  HttpResponse<?> signOut(String id, String device, HttpRequest<?> request) {
    String who = RequestScope.of(request).principal().name();
    access.cut(List.of(persons.endDevice(id, device, who)), request);
    return HttpResponse.noContent();
  }

  /** Persons by name. */
  @Schema(name = "Persons")
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record PersonList(List<PersonView> items) {}
}
