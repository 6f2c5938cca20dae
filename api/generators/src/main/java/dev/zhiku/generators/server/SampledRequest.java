package dev.zhiku.generators.server;

import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.zhiku.answering.chat.Sampling;

/** How a model chooses its words, as every protocol carries it. Pure. */
public final class SampledRequest {
  private SampledRequest() {}

  /** Temperature, share of likely words, and where to stop; what is absent stays the server's. */
  public static <B extends DefaultChatRequestParameters.Builder<B>> B with(
      Sampling sampling, B parameters) {
    sampling.temperature().ifPresent(parameters::temperature);
    sampling.topP().ifPresent(parameters::topP);
    if (!sampling.stop().isEmpty()) {
      parameters.stopSequences(sampling.stop());
    }
    return parameters;
  }
}
