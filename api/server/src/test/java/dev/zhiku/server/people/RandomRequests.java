package dev.zhiku.server.people;

import dev.zhiku.index.DocumentId;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.people.HiddenDocuments.Asker;
import dev.zhiku.server.people.HiddenDocuments.Hidden;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Requests of every kind that shows documents, and what is wrong with their answers. */
final class RandomRequests {
  private static final Pattern WORD = Pattern.compile("[nw]qz\\d{5}[nw]|d_[0-9A-Za-z]{22}");
  private static final List<String> PARTS = List.of("", "/passages", "/view", "/content");

  private final TestServer server;
  private final HiddenDocuments library;
  private final Random random;
  private final List<String> surprises = new ArrayList<>();
  private final Map<String, Hidden> byWord;
  private int hidden;
  private int shown;

  RandomRequests(TestServer server, HiddenDocuments library, Random random) {
    this.server = server;
    this.library = library;
    this.random = random;
    this.byWord =
        library.documents.stream()
            .flatMap(
                one ->
                    java.util.stream.Stream.of(
                        Map.entry(one.name(), one),
                        Map.entry(one.word(), one),
                        Map.entry(one.entry().id().value(), one)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  List<String> surprises() {
    return surprises;
  }

  /** How many hidden documents were asked for. */
  int hidden() {
    return hidden;
  }

  /** How many documents were in answers. */
  int shown() {
    return shown;
  }

  void next() {
    Asker asker = library.askers.get(random.nextInt(library.askers.size()));
    Hidden one = library.documents.get(random.nextInt(library.documents.size()));
    if (!library.sees(asker, one)) {
      hidden++;
    }
    switch (random.nextInt(10)) {
      case 0 ->
          check(asker, one.word(), ask(asker, "budget of the pump " + one.word(), "passages"));
      case 1 ->
          check(asker, one.word(), ask(asker, "What budget has " + one.word() + "?", "answer"));
      case 2 -> check(asker, "", ask(asker, "What is the shared budget of the pump?", "passages"));
      case 3 -> check(asker, one.name(), list(asker, one));
      case 4 -> document(asker, one);
      case 5 -> status(asker);
      case 6 -> models(asker);
      case 7 -> check(asker, one.word(), search(asker, one.word()));
      case 8 -> counted(asker);
      default -> check(asker, one.name(), asClient(asker, one));
    }
  }

  private HttpResponse<String> ask(Asker asker, String question, String mode) {
    return server.postJson(
        "/query", "{\"question\":\"" + question + "\",\"mode\":\"" + mode + "\"}", sent(asker));
  }

  private HttpResponse<String> asClient(Asker asker, Hidden one) {
    return switch (random.nextInt(4)) {
      case 0 -> chat(asker, one);
      case 1 ->
          server.postJson(
              "/v1/responses",
              "{\"model\":\"zhiku\",\"input\":\"Which budget has " + one.name() + "?\"}",
              sent(asker));
      case 2 -> tool(asker, "search\",\"arguments\":{\"question\":\"budget " + one.name() + "\"}");
      default -> tool(asker, "list\",\"arguments\":{\"text\":\"" + one.name() + "\"}");
    };
  }

  private HttpResponse<String> tool(Asker asker, String call) {
    return server.postJson(
        "/mcp",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
            + call
            + "}}",
        sent(asker));
  }

  private HttpResponse<String> chat(Asker asker, Hidden one) {
    return server.postJson(
        "/v1/chat/completions",
        "{\"model\":\"zhiku/"
            + one.entry().source()
            + "\",\"messages\":[{\"role\":\"user\",\"content\":\"What is the budget of the pump "
            + one.name()
            + "?\"}]}",
        sent(asker));
  }

  private HttpResponse<String> list(Asker asker, Hidden one) {
    String folder = one.entry().path().substring(0, one.entry().path().lastIndexOf('/'));
    return server.get(
        switch (random.nextInt(3)) {
          case 0 -> "/documents?q=" + one.name();
          case 1 -> "/documents?limit=500&source=" + one.entry().source();
          default -> "/documents?limit=500&path_prefix=" + folder;
        },
        sent(asker));
  }

  private HttpResponse<String> search(Asker asker, String words) {
    String path = random.nextBoolean() ? "/search" : "/search/table";
    return server.get(path + "?q=" + words, sent(asker));
  }

  /** Of the words that all documents hold, as many are counted as may be seen. */
  private void counted(Asker asker) {
    HttpResponse<String> response = server.get("/search?limit=100&q=budget", sent(asker));
    check(asker, "", response);
    long seen = library.seen(asker).size();
    Object found = server.json(response).get("documents");
    if (!String.valueOf(seen).equals(String.valueOf(found))) {
      surprise(asker, "found " + found + " of " + seen);
    }
  }

  private static String[] sent(Asker asker) {
    return asker.headers().toArray(String[]::new);
  }

  /** Every word in an answer is of a document that may be seen, but for what the question said. */
  private void check(Asker asker, String said, HttpResponse<String> response) {
    for (String word : words(response)) {
      Hidden of = byWord.get(word);
      if (of == null || word.equals(said)) {
        continue;
      }
      if (library.sees(asker, of)) {
        shown++;
      } else {
        surprise(asker, word + " in " + response.uri() + " " + response.body());
      }
    }
  }

  private static Set<String> words(HttpResponse<String> response) {
    return WORD.matcher(response.body() + response.headers().map())
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void surprise(Asker asker, String what) {
    surprises.add(asker.principal() + ": " + what + " by " + server.rules.state());
  }

  /** A hidden document is answered like one that never was. */
  private void document(Asker asker, Hidden one) {
    String part = PARTS.get(random.nextInt(PARTS.size()));
    String id = one.entry().id().value();
    HttpResponse<String> response = server.get("/documents/" + id + part, sent(asker));
    if (library.sees(asker, one)) {
      if (response.statusCode() != 200) {
        surprise(asker, "no " + response.uri() + ": " + response.body());
      }
      return;
    }
    String never = DocumentId.random().value();
    HttpResponse<String> missing = server.get("/documents/" + never + part, sent(asker));
    String told = response.body().replace(id, "ID");
    if (response.statusCode() != 404
        || !told.equals(missing.body().replace(never, "ID"))
        || !names(response).equals(names(missing))) {
      surprise(asker, response.uri() + " is not like a missing one: " + response.body());
    }
  }

  private static Set<String> names(HttpResponse<String> response) {
    return response.headers().map().keySet();
  }

  @SuppressWarnings("unchecked")
  private void status(Asker asker) {
    Map<String, Object> status = server.json(server.get("/status", sent(asker)));
    long seen = library.seen(asker).size();
    Object total = ((Map<String, Object>) Objects.requireNonNull(status.get("files"))).get("total");
    if (((Number) Objects.requireNonNull(total)).longValue() != seen) {
      surprise(asker, "counted " + total + " of " + seen);
    }
    named(
        asker,
        "status",
        ((List<Map<String, Object>>) Objects.requireNonNull(status.get("sources"))),
        "name");
  }

  @SuppressWarnings("unchecked")
  private void models(Asker asker) {
    Map<String, Object> models = server.json(server.get("/v1/models", sent(asker)));
    named(
        asker,
        "models",
        ((List<Map<String, Object>>) Objects.requireNonNull(models.get("data"))),
        "id");
  }

  /** Of sources only those are named that something is allowed in, and all that are seen. */
  private void named(Asker asker, String where, List<Map<String, Object>> items, String field) {
    Set<String> named =
        items.stream()
            .map(item -> String.valueOf(item.get(field)).replaceFirst("^zhiku/", ""))
            .filter(HiddenDocuments.SOURCES::contains)
            .collect(Collectors.toSet());
    Set<String> allowed =
        HiddenDocuments.SOURCES.stream()
            .filter(source -> isAllowed(asker, source))
            .collect(Collectors.toSet());
    if (!named.containsAll(library.sources(asker)) || !allowed.containsAll(named)) {
      surprise(asker, where + " names " + named);
    }
  }

  private boolean isAllowed(Asker asker, String source) {
    var state = server.rules.state();
    return state.rules().isEmpty()
        || state.rules().stream()
            .anyMatch(
                rule ->
                    rule.allows()
                        && (rule.source().equals("*") || rule.source().equals(source))
                        && (rule.subject().equals("everyone")
                            || rule.subject().equals(asker.principal())
                            || state.groups().entrySet().stream()
                                .anyMatch(
                                    group ->
                                        rule.subject().equals("group:" + group.getKey())
                                            && group.getValue().contains(asker.principal()))));
  }
}
