package dev.zhiku.server.openai;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * The models that clients may choose from.
 *
 * @param object always {@code list}
 */
@Serdeable
@Schema(name = "ModelList")
record ModelList(String object, List<Model> data) {
  ModelList {
    data = List.copyOf(data);
  }

  static ModelList of(List<ModelName> models, Instant since) {
    return new ModelList("list", models.stream().map(name -> Model.of(name, since)).toList());
  }

  /**
   * One of them.
   *
   * @param id {@code zhiku} for all sources, {@code zhiku/} and its name for one of them, {@code
   *     zhiku-chat} for the language model without documents
   * @param object always {@code model}
   * @param created when the service was started, in seconds since 1970
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "Model")
  record Model(String id, String object, long created, String ownedBy) {
    static Model of(ModelName name, Instant since) {
      return new Model(name.id(), "model", since.getEpochSecond(), "zhiku");
    }
  }
}
