import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.time.Duration;

/**
 * Asks one question with LangChain4j 1.x; needs dev.langchain4j:langchain4j-open-ai on the class
 * path. The sources stand below the answer as links.
 *
 * <pre>java AskLangChain4j [BASE_URL] [QUESTION]</pre>
 *
 * <p>The environment variable ZHIKU_KEY holds the access key of a service that needs one.
 */
public final class AskLangChain4j {
  private AskLangChain4j() {}

  public static void main(String[] arguments) {
    String base = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8650";
    String question = arguments.length > 1 ? arguments[1] : "核心时段是几点到几点？";
    String key = System.getenv("ZHIKU_KEY");
    ChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(base + "/v1")
            .apiKey(key == null ? "none" : key)
            .modelName("zhiku")
            .timeout(Duration.ofMinutes(15))
            .maxRetries(0)
            .build();
    System.out.println(model.chat(UserMessage.from(question)).aiMessage().text());
  }
}
