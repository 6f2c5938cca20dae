package dev.zhiku.generators.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.Handover.Ability;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.dialogue.PromptFamily;
import dev.zhiku.generators.dialogue.TokenEstimate;
import dev.zhiku.generators.server.HandedOver;
import dev.zhiku.generators.server.ModelServer;
import dev.zhiku.generators.server.SampledRequest;
import dev.zhiku.generators.server.ServerWatch;
import dev.zhiku.generators.server.ServerWriter;
import dev.zhiku.generators.server.Timeouts;
import dev.zhiku.index.message.Phrase;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A model behind a server that speaks OpenAI's protocol, asked by {@code /chat/completions}. Reads
 * {@code reasoning_content} and {@code reasoning}, whichever the server sends. Thread-safe.
 */
public final class OpenAiBackend implements ChatBackend {
  private final GeneratorConfig.OpenAi config;
  private final PromptForm form;
  private final Optional<String> key;
  private final ModelServer server;
  private final OpenAiModel facts;
  private final ServerWatch watch;
  private final TokenEstimate estimate = new TokenEstimate();
  private final ServerWriter writer;

  private OpenAiBackend(
      GeneratorConfig.OpenAi config,
      PromptForm form,
      Optional<String> key,
      Timeouts timeouts,
      Duration patience,
      HttpClient client) {
    this.config = config;
    this.form = form;
    this.key = key;
    this.server = server(config, key, client);
    this.facts = new OpenAiModel(server, config.model(), patience);
    this.watch = ServerWatch.start(server.base(), facts);
    this.writer = new ServerWriter(server, watch, timeouts, estimate);
  }

  /**
   * Begins to look for the server; does not wait for it.
   *
   * @param key sent to the server and nobody else
   * @param client made for this backend, which closes it
   */
  public static OpenAiBackend open(
      GeneratorConfig.OpenAi config,
      PromptForm form,
      Optional<String> key,
      Timeouts timeouts,
      HttpClient client) {
    return open(config, form, key, timeouts, OpenAiModel.PATIENCE, client);
  }

  /**
   * The same for a server that is slow and known to be there.
   *
   * @param patience within which it has to say its models, or counts as away until it does
   */
  public static OpenAiBackend open(
      GeneratorConfig.OpenAi config,
      PromptForm form,
      Optional<String> key,
      Timeouts timeouts,
      Duration patience,
      HttpClient client) {
    return new OpenAiBackend(config, form, key, timeouts, patience, client);
  }

  private static ModelServer server(
      GeneratorConfig.OpenAi config, Optional<String> key, HttpClient client) {
    Map<String, String> headers =
        key.map(k -> Map.of("Authorization", "Bearer " + k)).orElse(Map.of());
    return new ModelServer(client, root(config.baseUrl()), headers);
  }

  /**
   * Asks the server once.
   *
   * @param client made for this call, which closes it
   * @return why its model cannot be used; empty if it can
   */
  public static Optional<Phrase> trouble(
      GeneratorConfig.OpenAi config, Optional<String> key, HttpClient client)
      throws InterruptedException {
    try (ModelServer server = server(config, key, client)) {
      new OpenAiModel(server, config.model()).check();
      return Optional.empty();
    } catch (ChatException e) {
      return Optional.of(e.what());
    }
  }

  /**
   * Asks the server once in which form prompts for its model are written.
   *
   * @param client made for this call, which closes it
   * @throws ChatException if the server is away or has no such model
   */
  public static String promptForm(
      GeneratorConfig.OpenAi config, PromptForm form, Optional<String> key, HttpClient client)
      throws InterruptedException {
    try (ModelServer server = server(config, key, client)) {
      OpenAiModel facts = new OpenAiModel(server, config.model());
      facts.check();
      return PromptFamily.of(form, facts.name().orElse(""), "").wireName();
    }
  }

  /** The address before {@code /v1}, however much of the route was configured. */
  private static URI root(URI configured) {
    return URI.create(configured.toString().replaceAll("/+(chat/completions/*)?$", ""));
  }

  @Override
  public ModelDescription model() {
    return new ModelDescription(
        "openai",
        facts.name(),
        Math.min(config.contextTokens(), facts.contextTokens()),
        config.concurrency(),
        true);
  }

  private PromptFamily family() {
    return PromptFamily.of(form, facts.name().orElse(""), "");
  }

  @Override
  public Optional<String> promptForm() {
    return Optional.of(family().wireName());
  }

  /** Servers that lack one of them say so themselves. */
  @Override
  public Set<Ability> abilities() {
    return EnumSet.allOf(Ability.class);
  }

  @Override
  public Health health() {
    return watch.health(ChatException::what);
  }

  @Override
  public int countTokens(String text) {
    return estimate.count(text);
  }

  @Override
  public boolean countsReliably() {
    return estimate.isCorrected();
  }

  @Override
  public GenerationResult generate(Prompt prompt, Consumer<? super Piece> sink)
      throws InterruptedException {
    return writer.write(prompt, new Chat(prompt), sink);
  }

  @Override
  public void close() {
    watch.close();
    server.close();
  }

  private final class Chat implements ServerWriter.Protocol {
    private final Prompt prompt;

    Chat(Prompt prompt) {
      this.prompt = prompt;
    }

    @Override
    public PromptFamily family() {
      return OpenAiBackend.this.family();
    }

    @Override
    public StreamingChatModel model(HttpClientBuilder transport) {
      OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder builder =
          OpenAiStreamingChatModel.builder()
              .httpClientBuilder(transport)
              .baseUrl(server.base() + facts.version())
              .returnThinking(true);
      key.ifPresent(builder::apiKey);
      return builder.build();
    }

    @Override
    public ChatRequest request(List<ChatMessage> messages, int maxTokens) {
      boolean reasoning = prompt.reasoning();
      Sampling sampling = prompt.sampling();
      OpenAiChatRequestParameters.Builder parameters =
          SampledRequest.with(sampling, OpenAiChatRequestParameters.builder())
              .modelName(facts.name().orElse(""))
              .maxOutputTokens(maxTokens)
              .customParameters(
                  Map.of(
                      "chat_template_kwargs",
                      Map.of("thinking", reasoning, "enable_thinking", reasoning)));
      sampling.seed().ifPresent(parameters::seed);
      sampling.frequencyPenalty().ifPresent(parameters::frequencyPenalty);
      sampling.presencePenalty().ifPresent(parameters::presencePenalty);
      return ChatRequest.builder().messages(messages).parameters(parameters.build()).build();
    }

    @Override
    public void complete(ObjectNode request) {
      HandedOver.addTo(request, prompt.handover());
    }

    @Override
    public int contextTokens() {
      return OpenAiBackend.this.model().contextTokens();
    }

    /** LangChain4j knows {@code reasoning_content} alone. */
    @Override
    public String reasoningOf(JsonNode event) {
      JsonNode delta = event.path("choices").path(0).path("delta");
      return delta.path("reasoning_content").asText("").isEmpty()
          ? textOf(delta.path("reasoning"))
          : "";
    }

    private static String textOf(JsonNode value) {
      return value.isTextual() ? value.asText() : "";
    }
  }
}
