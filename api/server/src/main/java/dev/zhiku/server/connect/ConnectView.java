package dev.zhiku.server.connect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A client as whoever sets it up sees it.
 *
 * @param id as it is asked for
 * @param protocol {@code openai}, {@code ollama}, {@code mcp} or {@code dify}
 * @param available whether what it speaks to is switched on
 * @param keyPlaceholder what stands in the settings where the key goes
 * @param settings values to copy, by the names that they have in the client
 * @param steps how it is set up, in the language of Accept-Language
 * @param question one that the documents may answer, to try the client with; empty where there are
 *     no documents
 * @param checks requests that show what the client would see
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "ConnectClient")
record ConnectView(
    String id,
    String name,
    String protocol,
    boolean available,
    String keyPlaceholder,
    List<Setting> settings,
    List<String> steps,
    Optional<String> question,
    List<Check> checks) {
  ConnectView {
    settings = List.copyOf(settings);
    steps = List.copyOf(steps);
    checks = List.copyOf(checks);
  }

  /** The clients that there are. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "ConnectClients")
  record All(List<Listed> items) {
    All {
      items = List.copyOf(items);
    }
  }

  /**
   * One of them.
   *
   * @param available whether what it speaks to is switched on
   */
  @Serdeable
  @Schema(name = "ConnectListed")
  record Listed(String id, String name, String protocol, boolean available) {}

  /** A value to copy. */
  @Serdeable
  @Schema(name = "ConnectSetting")
  record Setting(String name, String value) {}

  /**
   * A request that the client makes, to be sent with its key.
   *
   * @param name what it is for: models, question, greeting or tools
   * @param url at which the client makes it
   * @param body of a POST; {@code {question}} in it is to be replaced
   * @param shows what the client sees: by its name the place in the answer, names and numbers that
   *     slashes divide, {@code *} for each entry of a list
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  @Schema(name = "ConnectCheck")
  record Check(
      String name,
      String method,
      String url,
      Optional<Map<String, Object>> body,
      Map<String, String> shows) {
    Check {
      shows = Map.copyOf(shows);
    }
  }
}
