package dev.zhiku.server.masking;

import dev.zhiku.answering.masking.MaskedKind;
import dev.zhiku.answering.masking.PersonalSamples;
import dev.zhiku.answering.masking.PersonalSamples.Sample;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.TextHash;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.server.documents.Entries;
import dev.zhiku.server.http.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Documents with made-up numbers and addresses in text, headings and names. */
final class NumberedDocuments {
  /** Numbers in one document, each in every form. */
  private static final int IN_ONE = 20;

  final List<Numbered> documents = new ArrayList<>();

  /**
   * A document.
   *
   * @param word that it alone has
   */
  record Numbered(CatalogEntry entry, String word, List<Sample> samples) {}

  NumberedDocuments(TestServer server, long seed, int ofEachKind) throws InterruptedException {
    PersonalSamples samples = new PersonalSamples(seed);
    for (MaskedKind kind : MaskedKind.values()) {
      for (int i = 0; i < ofEachKind / IN_ONE; i++) {
        List<Sample> some = new ArrayList<>();
        for (int j = 0; j < IN_ONE; j++) {
          some.add(samples.next(kind));
        }
        documents.add(add(server, some));
      }
    }
    server.index.commit(1);
  }

  private Numbered add(TestServer server, List<Sample> samples) throws InterruptedException {
    String word = String.format(Locale.ROOT, "wqz%05dw", documents.size());
    String title = samples.getFirst().forms().getFirst();
    List<String> texts =
        samples.stream()
            .map(
                sample ->
                    sample.forms().stream()
                        .map(form -> "The pump " + word + " has " + form + ".\n")
                        .collect(Collectors.joining()))
            .toList();
    byte[] bytes = String.join("\n", texts).getBytes(StandardCharsets.UTF_8);
    CatalogEntry entry = Entries.indexed("list/" + title + ".txt", "text/plain", bytes.length);
    server.catalog.put(entry);
    server.files.add(entry, bytes);
    DocumentMeta document =
        new DocumentMeta(
            entry.id(),
            entry.source(),
            entry.path(),
            "text/plain",
            bytes.length,
            Entries.MODIFIED,
            Entries.SHA256,
            "1",
            Set.of());
    List<EmbeddedPassage> passages = new ArrayList<>();
    for (String text : texts) {
      passages.add(
          new EmbeddedPassage(
              new Passage(
                  new PassageId(entry.id(), passages.size()), text, Location.whole(List.of(title))),
              server.embedder.id(),
              TextHash.of(text),
              server.embedder.embedPassages(List.of(text)).getFirst()));
    }
    server.index.replace(document, passages);
    return new Numbered(entry, word, samples);
  }
}
