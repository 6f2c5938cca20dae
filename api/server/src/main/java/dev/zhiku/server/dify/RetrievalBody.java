package dev.zhiku.server.dify;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A question as Dify sends it; what is not named here is ignored.
 *
 * @param knowledgeId name of a source, or {@code zhiku} for all of them
 * @param query search words or a question, 1 to 4,096 characters
 * @param metadataCondition which documents are meant; all if absent
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@Schema(name = "DifyRetrieval")
record RetrievalBody(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String knowledgeId,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String query,
    @Nullable Setting retrievalSetting,
    @Nullable Condition metadataCondition) {

  /**
   * How much is wanted.
   *
   * @param topK most passages; more than 20 are taken for 20
   * @param scoreThreshold lowest score, 0 to 1
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "DifyRetrievalSetting")
  record Setting(@Nullable Integer topK, @Nullable Double scoreThreshold) {}

  /**
   * Conditions on documents.
   *
   * @param logicalOperator {@code and}, also if absent, or {@code or}
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "DifyMetadataCondition")
  record Condition(@Nullable String logicalOperator, List<Comparison> conditions) {}

  /**
   * A comparison.
   *
   * @param name of what is compared, or a list of names of which one has to match
   * @param value a text, a number or a list
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "DifyComparison")
  record Comparison(String name, String comparisonOperator, @Nullable String value) {}
}
