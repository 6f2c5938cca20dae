package dev.zhiku.server.openai;

import static dev.zhiku.answering.problem.ProblemCode.NOT_FOUND;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.server.access.Access;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;

/**
 * What the page of NextChat asks of the server that it comes from, below {@code /nextchat}, and the
 * balance that it and ChatGPT-Web look for: there is none.
 */
@Controller
@OpenAiErrors
@Tag(name = "openai")
@ExecuteOn(TaskExecutors.BLOCKING)
final class NextChatController {
  private static final String ROOT = "/nextchat/api";
  private static final String BILLING = "/dashboard/billing/{part}";

  private final Access access;
  private final CompletionsController completions;
  private final ModelsController models;

  NextChatController(Access access, CompletionsController completions, ModelsController models) {
    this.access = access;
    this.completions = completions;
    this.models = models;
  }

  /**
   * What the page may show.
   *
   * @param needCode whether an access code is needed, which is a key of this service
   * @param hideUserApiKey whether a key of somebody's own is of no use
   * @param disableGPT4 always false
   * @param hideBalanceQuery whether there is no balance to ask for
   * @param disableFastLink whether settings in an address are ignored
   * @param customModels which models it lists
   * @param defaultModel which one it asks first
   * @param visionModels which ones read pictures: none
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "NextChatConfig")
  record Config(
      boolean needCode,
      boolean hideUserApiKey,
      boolean disableGPT4,
      boolean hideBalanceQuery,
      boolean disableFastLink,
      String customModels,
      String defaultModel,
      String visionModels) {}

  /** Tells the page what it may show. */
  @Get(ROOT + "/config")
  @Operation(operationId = "getNextChatConfig", summary = "Settings of NextChat's page")
  Config config(HttpRequest<?> request) {
    return new Config(
        access.whyKeyIsNeeded(request).isPresent(),
        true,
        false,
        true,
        true,
        "-all,+" + ModelName.ALL,
        ModelName.ALL,
        "");
  }

  /** The same, as NextChat asks for it. */
  @Post(ROOT + "/config")
  @Operation(operationId = "postNextChatConfig", summary = "The same, as NextChat asks for it")
  Config configAsAsked(HttpRequest<?> request) {
    return config(request);
  }

  /** Answers as chat completions do. */
  @Post(
      uri = ROOT + "/openai/v1/chat/completions",
      consumes = MediaType.APPLICATION_JSON,
      produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
  @Operation(
      operationId = "createNextChatCompletion",
      summary = "Chat completions, where NextChat's page asks for them",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = CompletionBody.class))))
  HttpResponse<?> complete(HttpRequest<?> request) throws InterruptedException {
    return completions.complete(request);
  }

  /** Lists the models. */
  @Get(ROOT + "/openai/v1/models")
  @Operation(operationId = "listNextChatModels", summary = "Models, where NextChat asks for them")
  ModelList models(HttpRequest<?> request) {
    return models.list(request);
  }

  /** The balance where NextChat's page asks for it. */
  @Get(ROOT + "/openai" + BILLING)
  @Operation(operationId = "getNextChatBilling", summary = "No balance, for NextChat's page")
  Map<String, Object> billingOfPage(String part) {
    return billing(part);
  }

  /** The balance where NextChat asks for it with this service as its base. */
  @Get(BILLING)
  @Operation(operationId = "getBilling", summary = "No balance, for NextChat")
  Map<String, Object> billing(String part) {
    return switch (part) {
      case "usage" -> Map.of("object", "list", "total_usage", 0);
      case "subscription" ->
          Map.of(
              "object",
              "billing_subscription",
              "has_payment_method",
              false,
              "hard_limit_usd",
              0,
              "access_until",
              0);
      default -> throw new Problem(NOT_FOUND);
    };
  }

  /** The balance where ChatGPT-Web asks for it. */
  @Get("/v1" + BILLING)
  @Operation(operationId = "getBillingOfV1", summary = "No balance, for ChatGPT-Web")
  Map<String, Object> billingOfV1(String part) {
    return billing(part);
  }
}
