package dev.zhiku.server.ollama;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.server.openai.ModelName;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model as programs for Ollama list it.
 *
 * @param name {@code zhiku:latest} and so on
 * @param model the same
 * @param size always 0: there is no file
 * @param digest of the name
 * @param expiresAt of a loaded one, always in an hour
 * @param sizeVram of a loaded one, always 0
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "OllamaModel")
record OllamaModel(
    String name,
    String model,
    Instant modifiedAt,
    long size,
    String digest,
    Details details,
    Optional<Instant> expiresAt,
    Optional<Long> sizeVram) {
  /** What a name without a tag means. */
  static final String TAG = ":latest";

  private static final String FAMILY = "zhiku";
  private static final long LOADED_SECONDS = 3_600;

  /** What kind of model it is. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "OllamaModelDetails")
  record Details(
      String parentModel,
      String format,
      String family,
      List<String> families,
      String parameterSize,
      String quantizationLevel) {
    static final Details OURS = new Details("", "", FAMILY, List.of(FAMILY), "", "");
  }

  /** Those that there are. */
  @Serdeable
  @Schema(name = "OllamaModels")
  record Listing(List<OllamaModel> models) {}

  /**
   * What is told of one.
   *
   * @param modelInfo its architecture
   * @param capabilities what it can do
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "OllamaModelInfo")
  record Shown(
      String modelfile,
      String parameters,
      String template,
      Details details,
      Map<String, String> modelInfo,
      List<String> capabilities,
      Instant modifiedAt) {
    static Shown since(Instant started) {
      return new Shown(
          "",
          "",
          "",
          Details.OURS,
          Map.of("general.architecture", FAMILY),
          List.of("completion", "thinking"),
          started);
    }
  }

  static OllamaModel listed(ModelName name, Instant started) {
    return new OllamaModel(
        tagged(name),
        tagged(name),
        started,
        0,
        digest(tagged(name)),
        Details.OURS,
        Optional.empty(),
        Optional.empty());
  }

  static OllamaModel loaded(ModelName name, Instant started, Instant now) {
    return new OllamaModel(
        tagged(name),
        tagged(name),
        started,
        0,
        digest(tagged(name)),
        Details.OURS,
        Optional.of(now.plusSeconds(LOADED_SECONDS)),
        Optional.of(0L));
  }

  static String tagged(ModelName name) {
    return name.id() + TAG;
  }

  /** The name without the tag that says nothing. */
  static String untagged(String name) {
    return name.endsWith(TAG) ? name.substring(0, name.length() - TAG.length()) : name;
  }

  private static String digest(String name) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
