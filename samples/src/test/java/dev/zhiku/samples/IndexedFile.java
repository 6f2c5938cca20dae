package dev.zhiku.samples;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file as the service reads it.
 *
 * @param path below its source
 * @param text of all passages, in order
 */
record IndexedFile(String path, String text) {

  static List<IndexedFile> allOf(ServiceProcess service) {
    return items(service, "/documents").stream().map(document -> read(service, document)).toList();
  }

  private static IndexedFile read(ServiceProcess service, JsonNode document) {
    String passages = "/documents/" + document.path("id").asText() + "/passages";
    return new IndexedFile(
        document.path("path").asText(),
        items(service, passages).stream()
            .map(passage -> passage.path("text").asText())
            .collect(Collectors.joining("\n")));
  }

  /** The items of all pages of a listing. */
  private static List<JsonNode> items(ServiceProcess service, String listing) {
    List<JsonNode> items = new ArrayList<>();
    JsonNode page = service.get(listing).body();
    page.path("items").forEach(items::add);
    while (page.path("next_cursor").isTextual()) {
      String cursor = page.path("next_cursor").asText();
      page =
          service
              .get(listing + "?cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8))
              .body();
      page.path("items").forEach(items::add);
    }
    return items;
  }
}
