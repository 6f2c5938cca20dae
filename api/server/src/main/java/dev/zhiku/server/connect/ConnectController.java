package dev.zhiku.server.connect;

import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.connect.KnownClients.Client;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.BaseAddress;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.ollama.OllamaApiConfig;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Optional;

/** What each known client is to be given, and the requests that show what it would see. */
@Controller("/connect")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "service")
final class ConnectController {
  /** Text in the settings where the key goes. */
  private static final String PLACEHOLDER = "YOUR_KEY";

  private static final String OLLAMA = "ollama";

  /** Where programs for Ollama look unless they are told otherwise. */
  private static final int USUAL_PORT = 11_434;

  private final KnownClients clients;
  private final SuggestedQuestion questions;
  private final ServerConfig server;
  private final int ollamaPort;

  ConnectController(
      KnownClients clients,
      DocumentCatalog catalog,
      KnowledgeIndex index,
      ServerConfig server,
      @Value("${" + OllamaApiConfig.PROPERTY + ":0}") int ollamaPort) {
    this.clients = clients;
    this.questions = new SuggestedQuestion(catalog, index);
    this.server = server;
    this.ollamaPort = ollamaPort;
  }

  /** The clients that there are settings for. */
  @Get
  @Operation(operationId = "listClients", summary = "Clients that there are settings for")
  ConnectView.All list() {
    return new ConnectView.All(
        clients.all().stream()
            .map(
                client ->
                    new ConnectView.Listed(
                        client.id(), client.name(), client.protocol(), available(client)))
            .toList());
  }

  /** The settings of one, for the address by which the asker reaches the service. */
  @Get("/{client}")
  @Operation(operationId = "getClient", summary = "Settings of a client, and how it is tried")
  ConnectView one(HttpRequest<?> request, String client) throws InterruptedException {
    Client known = clients.of(client);
    String base = BaseAddress.of(server, request);
    String ollama = ollama(base);
    return new ConnectView(
        known.id(),
        known.name(),
        known.protocol(),
        available(known),
        PLACEHOLDER,
        known.settings().stream()
            .map(
                setting ->
                    new ConnectView.Setting(
                        setting.name(),
                        setting
                            .value()
                            .replace("{host}", base)
                            .replace("{ollama}", ollama)
                            .replace("{key}", PLACEHOLDER)))
            .toList(),
        clients.steps(known, AcceptedLanguage.of(request)),
        questions.of(RequestScope.of(request).visible()),
        clients.checks(known).stream()
            .map(
                check ->
                    new ConnectView.Check(
                        check.name(),
                        check.method(),
                        (known.protocol().equals(OLLAMA) ? ollama : base) + check.path(),
                        Optional.ofNullable(check.body()),
                        check.shows()))
            .toList());
  }

  private boolean available(Client client) {
    return !client.protocol().equals(OLLAMA) || ollamaPort > 0;
  }

  /** The port is never encrypted, and stands beside the address without a path. */
  private String ollama(String base) {
    return "http://"
        + URI.create(base).getHost()
        + ":"
        + (ollamaPort > 0 ? ollamaPort : USUAL_PORT);
  }
}
