package dev.zhiku.app.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.Map;

/**
 * Answers given to the page in place of the service, so that the page alone is tested: what a
 * service sends whose own checks have a hole.
 */
public final class PageAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PageAnswers() {}

  /** Every question is answered with these events from now on. */
  public static void give(Page page, String events) {
    page.route(
        url -> url.endsWith("/query"),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/event-stream; charset=utf-8")
                    .setBody(events)));
  }

  /** What a model wrote from one passage of this name, which it cites with this quote. */
  public static String written(String text, String reasoning, String name, String quote) {
    ObjectNode passage = JSON.createObjectNode();
    passage.put("number", 1).put("document_id", "d_1").put("name", name).put("path", name);
    passage.put("source", "knowledge").put("text", "Before. " + quote + " After.");
    passage.put("url", "/documents/d_1/content").putArray("heading").add(name);
    ObjectNode citation = passage.deepCopy();
    citation.put("quote", quote).put("verified", true);
    ObjectNode response = JSON.createObjectNode();
    response.put("id", "q_1").put("status", "answered").put("answer", text);
    response.put("reasoning", reasoning).put("finish_reason", "stop");
    response.putArray("passages").add(passage);
    response.putArray("citations").add(citation);
    response.putArray("warnings").addObject().put("code", "later").put("detail", name);
    response
        .putObject("generator")
        .put("backend", "ollama")
        .put("model", name)
        .put("ai_generated", true);
    ObjectNode retrieved = JSON.createObjectNode();
    retrieved.putArray("passages").add(passage);
    return event("retrieved", retrieved)
        + event("reasoning", Map.of("text", reasoning))
        + event("text", Map.of("text", text))
        + event("answered", response);
  }

  /**
   * Every view of a document from now on: each text as a block of each kind, as heading, column and
   * inner file.
   */
  public static void giveView(Page page, String unit, List<String> texts) {
    ObjectNode view = JSON.createObjectNode();
    String name = String.join(" ", texts);
    view.putObject("document").put("id", "d_1").put("name", name).put("path", name);
    ((ObjectNode) view.get("document")).put("media_type", name).put("language", name);
    view.put("passages", 1).put("from", 0).put("to", 0);
    ArrayNode blocks = view.putArray("blocks");
    for (String kind :
        List.of(
            "paragraph",
            "heading",
            "list_item",
            "row",
            "question",
            "answer",
            "code",
            "caption",
            "note")) {
      for (String text : texts) {
        ObjectNode block = blocks.addObject().put("passage", 0).put("kind", kind).put("text", text);
        block.putArray("heading").add(name);
        block.put("entry", name).put("unit", unit).put("start", 1).put("end", 1);
        block.put("page_label", name).put("recognised", 80);
        ArrayNode cells = block.putArray("cells");
        if (kind.equals("row")) {
          cells.addObject().put("column", text).put("start", 0).put("end", text.length());
        }
      }
    }
    page.route(
        url -> url.contains("/view?"),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(view.toString())));
  }

  /** A stream that ends before the answer does. */
  public static String brokenOff(List<String> pieces) {
    StringBuilder events = new StringBuilder(event("retrieved", Map.of("passages", List.of())));
    pieces.forEach(piece -> events.append(event("text", Map.of("text", piece))));
    return events.toString();
  }

  /** One failure in the service's words. */
  public static String failed(String code, String words) {
    return event("failed", Map.of("code", code, "detail", words, "remedy", words));
  }

  private static String event(String name, Object data) {
    try {
      return "event: " + name + "\ndata: " + JSON.writeValueAsString(data) + "\n\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
