package dev.zhiku.server.connect;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.index.message.Phrase;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The clients that the service can be given to, from {@code clients.json}. Immutable. */
@Singleton
final class KnownClients {
  private final File file;

  KnownClients(JsonMapper json) {
    try (InputStream in =
        Objects.requireNonNull(KnownClients.class.getResourceAsStream("clients.json"))) {
      file = Objects.requireNonNull(json.readValue(in, File.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the file holds.
   *
   * @param protocols by name
   * @param steps sentences by name, each by the tag of its language: en, zh and zh-Hant
   */
  @Serdeable
  record File(
      Map<String, Protocol> protocols,
      Map<String, Map<String, String>> steps,
      List<Client> clients) {
    File {
      protocols = Map.copyOf(protocols);
      steps = Map.copyOf(steps);
      clients = List.copyOf(clients);
    }
  }

  /**
   * A protocol.
   *
   * @param checks what a client of it asks for, in this order
   */
  @Serdeable
  record Protocol(List<Check> checks) {
    Protocol {
      checks = List.copyOf(checks);
    }
  }

  /**
   * A request that a client makes.
   *
   * @param name what it is for, such as models or question
   * @param body of a POST, in it {@code {question}} where a question stands; empty for a GET
   * @param shows what the client sees: by its name the place in the answer, names and numbers that
   *     slashes divide, {@code *} for each entry of a list
   */
  @Serdeable
  record Check(
      String name,
      String method,
      String path,
      @Nullable Map<String, Object> body,
      Map<String, String> shows) {
    Check {
      shows = Map.copyOf(shows);
    }
  }

  /**
   * A client.
   *
   * @param id as it is asked for
   * @param name as its makers write it
   * @param settings in the order of its own form; values may hold {@code {host}}, {@code {ollama}}
   *     and {@code {key}}
   * @param steps names of sentences
   */
  @Serdeable
  record Client(
      String id, String name, String protocol, List<Setting> settings, List<String> steps) {
    Client {
      settings = List.copyOf(settings);
      steps = List.copyOf(steps);
    }
  }

  /** A value to copy, by the name that it has in the client. */
  @Serdeable
  record Setting(String name, String value) {}

  /** All of them, in the order of the file. */
  List<Client> all() {
    return file.clients();
  }

  /**
   * The client of this id.
   *
   * @throws Problem {@code client-not-found}, naming those that there are
   */
  Client of(String id) {
    return all().stream()
        .filter(client -> client.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new Problem(
                    ProblemCode.CLIENT_NOT_FOUND,
                    id,
                    Phrase.verbatim(
                        all().stream().map(Client::id).collect(Collectors.joining(", ")))));
  }

  /** What it asks for. */
  List<Check> checks(Client client) {
    return Objects.requireNonNull(file.protocols().get(client.protocol())).checks();
  }

  /** How it is set up, in a language of the service. */
  List<String> steps(Client client, Locale locale) {
    return client.steps().stream()
        .map(name -> Objects.requireNonNull(file.steps().get(name)))
        .map(texts -> Objects.requireNonNull(texts.get(locale.toLanguageTag())))
        .toList();
  }
}
