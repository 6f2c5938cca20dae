import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;

/**
 * Asks one question with Spring AI 1.x, without Spring Boot; needs
 * org.springframework.ai:spring-ai-openai on the class path. The sources stand below the answer as
 * links. An application of Spring Boot sets spring.ai.openai.base-url, api-key and
 * chat.options.model instead.
 *
 * <pre>java AskSpringAi [BASE_URL] [QUESTION]</pre>
 *
 * <p>The environment variable ZHIKU_KEY holds the access key of a service that needs one.
 */
public final class AskSpringAi {
  private AskSpringAi() {}

  public static void main(String[] arguments) {
    String base = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8650";
    String question = arguments.length > 1 ? arguments[1] : "核心时段是几点到几点？";
    String key = System.getenv("ZHIKU_KEY");
    OpenAiApi api =
        OpenAiApi.builder().baseUrl(base).apiKey(key == null ? "none" : key).build();
    OpenAiChatModel model =
        OpenAiChatModel.builder()
            .openAiApi(api)
            .defaultOptions(OpenAiChatOptions.builder().model("zhiku").build())
            .build();
    System.out.println(model.call(new Prompt(question)).getResult().getOutput().getText());
  }
}
