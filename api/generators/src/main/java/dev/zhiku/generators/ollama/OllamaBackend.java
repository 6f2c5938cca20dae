package dev.zhiku.generators.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.ollama.OllamaChatRequestParameters;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.Handover.Ability;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.GeneratorText;
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
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A model behind an Ollama server, asked by {@code /api/chat}: its {@code /v1} route leaves {@code
 * num_ctx} out. What does not fit is to be refused and not cut ({@code truncate}, {@code shift}:
 * Ollama 0.12.6 knows them, 0.11.10 leaves them aside). Thread-safe.
 */
public final class OllamaBackend implements ChatBackend {
  private static final Duration ASKED_ONCE = Duration.ofSeconds(10);

  private final GeneratorConfig.Ollama config;
  private final PromptForm form;
  private final ModelServer server;
  private final OllamaModel facts;
  private final ServerWatch watch;
  private final TokenEstimate estimate = new TokenEstimate();
  private final ServerWriter writer;

  private OllamaBackend(
      GeneratorConfig.Ollama config, PromptForm form, Timeouts timeouts, HttpClient client) {
    this.config = config;
    this.form = form;
    this.server = new ModelServer(client, config.baseUrl(), Map.of());
    this.facts = new OllamaModel(server, config, timeouts.firstToken());
    this.watch = ServerWatch.start(server.base(), facts);
    this.writer = new ServerWriter(server, watch, timeouts, estimate);
  }

  /**
   * Begins to look for the server and to have it load the model; waits for neither.
   *
   * @param client made for this backend, which closes it
   */
  public static OllamaBackend open(
      GeneratorConfig.Ollama config, PromptForm form, Timeouts timeouts, HttpClient client) {
    return new OllamaBackend(config, form, timeouts, client);
  }

  /**
   * Asks the server once in which form prompts for its model are written.
   *
   * @param client made for this call, which closes it
   * @throws dev.zhiku.answering.chat.ChatException if the server is away or does not have the model
   */
  public static String promptForm(GeneratorConfig.Ollama config, PromptForm form, HttpClient client)
      throws InterruptedException {
    try (ModelServer server = new ModelServer(client, config.baseUrl(), Map.of())) {
      OllamaModel facts = new OllamaModel(server, config, ASKED_ONCE);
      facts.check();
      return PromptFamily.of(form, config.model(), facts.architecture()).wireName();
    }
  }

  @Override
  public ModelDescription model() {
    return new ModelDescription(
        "ollama", Optional.of(config.model()), facts.contextTokens(), config.concurrency(), true);
  }

  private PromptFamily family() {
    return PromptFamily.of(form, config.model(), facts.architecture());
  }

  @Override
  public Optional<String> promptForm() {
    return Optional.of(family().wireName());
  }

  @Override
  public Set<Ability> abilities() {
    return facts.callsTools() ? EnumSet.of(Ability.TOOLS, Ability.JSON) : EnumSet.of(Ability.JSON);
  }

  @Override
  public Health health() {
    return watch.health(facts::explained);
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
    facts.requireOwn();
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
    public StreamingChatModel model(HttpClientBuilder transport) {
      return OllamaStreamingChatModel.builder()
          .httpClientBuilder(transport)
          .baseUrl(server.base())
          .modelName(config.model())
          .returnThinking(true)
          .build();
    }

    @Override
    public ChatRequest request(List<ChatMessage> messages, int maxTokens) {
      OllamaChatRequestParameters.Builder parameters =
          SampledRequest.with(prompt.sampling(), OllamaChatRequestParameters.builder())
              .numCtx(contextTokens())
              .keepAlive(Math.toIntExact(config.keepAlive().toSeconds()))
              .maxOutputTokens(maxTokens);
      prompt.sampling().seed().ifPresent(parameters::seed);
      if (facts.thinks()) {
        parameters.think(prompt.reasoning());
      }
      return ChatRequest.builder().messages(messages).parameters(parameters.build()).build();
    }

    @Override
    public void complete(ObjectNode request) {
      request.put("truncate", false).put("shift", false);
      HandedOver.addToOllama(request, prompt.handover());
      ObjectNode options = request.withObject("/options");
      Sampling sampling = prompt.sampling();
      sampling.frequencyPenalty().ifPresent(value -> options.put("frequency_penalty", value));
      sampling.presencePenalty().ifPresent(value -> options.put("presence_penalty", value));
    }

    /** Ollama stops a model that repeats a piece too often, and says nothing of it. */
    @Override
    public Optional<Phrase> endedEarly() {
      return Optional.of(GeneratorText.of("ollama.repeated"));
    }

    @Override
    public PromptFamily family() {
      return OllamaBackend.this.family();
    }

    @Override
    public int contextTokens() {
      return facts.contextTokens();
    }
  }
}
