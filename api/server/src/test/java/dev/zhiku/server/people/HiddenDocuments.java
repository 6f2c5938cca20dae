package dev.zhiku.server.people;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.server.documents.Entries;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.AccessStore;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.PlainRules;
import dev.zhiku.server.identity.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Documents that each have a word in their name and one in their text, and those who ask. */
final class HiddenDocuments {
  static final List<String> SOURCES = List.of("alpha", "beta", "gamma");
  private static final List<String> FOLDERS = List.of("red", "blue", "red/old", "green/new");

  final List<Hidden> documents = new ArrayList<>();
  final List<Asker> askers = new ArrayList<>();
  private final Map<Asker, Set<Hidden>> seen = new HashMap<>();
  private AccessStore.@Nullable State judged;
  private final TestServer server;
  private final Random random;

  /** A document with its two words. */
  record Hidden(CatalogEntry entry, String name, String word) {}

  /**
   * Somebody who asks.
   *
   * @param principal as rules name him
   */
  record Asker(String principal, List<String> headers) {}

  HiddenDocuments(TestServer server, Random random, int count) throws InterruptedException {
    this.server = server;
    this.random = random;
    for (String source : SOURCES) {
      server.catalog.put(
          new SourceState(source, "/srv/" + source, true, false, Phrase.NONE, Optional.empty()));
    }
    for (int i = 0; i < count; i++) {
      documents.add(add(i));
    }
    server.index.commit(1);
    for (int i = 0; i < 4; i++) {
      NamedKey.Terms terms =
          new NamedKey.Terms(
              "key " + i, Role.READER, Optional.empty(), List.of(), Optional.empty(), false);
      var made = server.named.create(terms, "machine");
      askers.add(
          new Asker("key:" + made.key().id(), List.of("Authorization", "Bearer " + made.text())));
      var invited = server.persons.invite("Person " + i, Optional.empty(), "machine");
      var accepted = server.persons.accept(invited.token(), "test");
      askers.add(
          new Asker(
              accepted.signedIn().person().principal().name(),
              List.of(
                  "Cookie",
                  "zhiku-person=" + accepted.secret(),
                  "Origin",
                  "http://127.0.0.1:" + server.port())));
    }
  }

  private Hidden add(int number) throws InterruptedException {
    String name = String.format(Locale.ROOT, "nqz%05dn", number);
    String word = String.format(Locale.ROOT, "wqz%05dw", number);
    String source = pick(SOURCES);
    String path = pick(FOLDERS) + "/" + name + ".txt";
    String text = "The shared budget of the pump " + word + " is " + number + " coins a year.";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    CatalogEntry entry = in(source, Entries.indexed(path, "text/plain", bytes.length));
    server.files.add(entry, bytes);
    DocumentMeta document =
        new DocumentMeta(
            entry.id(),
            source,
            path,
            "text/plain",
            bytes.length,
            Entries.MODIFIED,
            Entries.SHA256,
            "1",
            Set.of());
    server.index.replace(
        document,
        List.of(
            new EmbeddedPassage(
                new Passage(new PassageId(entry.id(), 0), text, Location.whole(List.of())),
                server.embedder.id(),
                TextHash.of(text),
                server.embedder.embedPassages(List.of(text)).getFirst())));
    return new Hidden(entry, name, word);
  }

  private static CatalogEntry in(String source, CatalogEntry of) {
    return new CatalogEntry(
        DocumentId.random(),
        source,
        of.path(),
        of.mediaType(),
        of.size(),
        of.sha256(),
        of.state(),
        of.stage(),
        of.reason(),
        of.notes(),
        of.passages(),
        of.pages(),
        of.language(),
        of.modifiedAt(),
        of.indexedAt(),
        of.attempts(),
        of.nextRetryAt(),
        of.epoch());
  }

  /** Whether somebody sees a document, by a plain reading of the rules. */
  boolean sees(Asker asker, Hidden document) {
    return seen(asker).contains(document);
  }

  /** The documents that somebody sees; read from the rules once after each change of them. */
  Set<Hidden> seen(Asker asker) {
    AccessStore.State now = server.rules.state();
    if (!now.equals(judged)) {
      seen.clear();
      judged = now;
    }
    return seen.computeIfAbsent(
        asker,
        one ->
            documents.stream()
                .filter(
                    document ->
                        PlainRules.show(
                            now,
                            one.principal(),
                            document.entry().source(),
                            document.entry().path()))
                .collect(Collectors.toSet()));
  }

  /** Sources in which somebody sees something. */
  Set<String> sources(Asker asker) {
    return seen(asker).stream()
        .map(document -> document.entry().source())
        .collect(Collectors.toSet());
  }

  /** A body for {@code PUT /access/rules}. */
  String randomRules() {
    return IntStream.range(0, random.nextInt(9))
        .mapToObj(
            i ->
                "{\"subject\":\""
                    + subject()
                    + "\",\"effect\":\""
                    + (random.nextInt(4) > 0 ? "allow" : "deny")
                    + "\",\"source\":\""
                    + (random.nextInt(5) == 0 ? "*" : pick(SOURCES))
                    + "\",\"path\":\""
                    + path()
                    + "\"}")
        .collect(Collectors.joining(",", "{\"items\":[", "]}"));
  }

  private String subject() {
    return switch (random.nextInt(5)) {
      case 0 -> "everyone";
      case 1 -> "group:one";
      case 2 -> "group:two";
      default -> pick(askers).principal();
    };
  }

  private String path() {
    return switch (random.nextInt(4)) {
      case 0 -> "**";
      case 1 -> pick(documents).entry().path();
      default -> pick(FOLDERS) + "/**";
    };
  }

  /** A body for {@code PUT /groups}. */
  String randomGroups() {
    return "{\"items\":[{\"name\":\"one\",\"members\":[\""
        + pick(askers).principal()
        + "\"]},{\"name\":\"two\",\"members\":[\""
        + pick(askers).principal()
        + "\"]}]}";
  }

  private <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
