package dev.zhiku.server.documents;

import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.PassageId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The passages of a search as a table (RFC 4180, UTF-8 with a byte order mark, for Excel reads
 * other files in the code page of its machine). Written as it is read, a few passages at a time.
 */
@SuppressWarnings("JdkObsolete") // SequenceInputStream takes no Iterator.
final class WordSearchTable implements Enumeration<InputStream> {
  private static final int BATCH = 200;
  private static final List<String> HEAD =
      List.of("source", "path", "place", "headings", "text", "document_id", "ordinal");

  private final KnowledgeIndex index;
  private final Map<DocumentId, DocumentMeta> documents;
  private final Iterator<PassageId> passages;
  private final Supplier<Filter> visible;
  private boolean begun;

  private WordSearchTable(KnowledgeIndex index, WordSearch search, Supplier<Filter> visible) {
    this.index = index;
    this.visible = visible;
    this.documents =
        search.documents().stream()
            .collect(Collectors.toMap(DocumentMeta::id, Function.identity()));
    this.passages =
        search.documents().stream().flatMap(document -> search.of(document).stream()).iterator();
  }

  /**
   * @param visible what its reader may see, asked again for every few passages: a long table is
   *     read for minutes
   */
  static InputStream of(KnowledgeIndex index, WordSearch search, Supplier<Filter> visible) {
    return new SequenceInputStream(new WordSearchTable(index, search, visible));
  }

  @Override
  public boolean hasMoreElements() {
    return !begun || passages.hasNext();
  }

  @Override
  public InputStream nextElement() {
    if (begun && !passages.hasNext()) {
      throw new NoSuchElementException();
    }
    String rows = begun ? rows() : "\uFEFF" + line(HEAD.stream());
    begun = true;
    return new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8));
  }

  private String rows() {
    List<PassageId> batch =
        Stream.generate(() -> passages)
            .limit(BATCH)
            .filter(Iterator::hasNext)
            .map(Iterator::next)
            .toList();
    try (Snapshot snapshot = index.committedSnapshot()) {
      Filter now = visible.get();
      return snapshot.load(batch).stream()
          .map(passage -> row(passage, now))
          .collect(Collectors.joining());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a table was written", e);
    }
  }

  private String row(Passage passage, Filter now) {
    DocumentMeta document = documents.get(passage.id().document());
    if (document == null || !now.accepts(document)) {
      return "";
    }
    return line(
        Stream.of(
            document.source(),
            document.path(),
            CitationLocation.text(document.name(), passage.location()),
            String.join(" > ", passage.location().heading()),
            passage.text(),
            document.id().value(),
            Integer.toString(passage.id().ordinal())));
  }

  private static String line(Stream<String> cells) {
    return cells.map(WordSearchTable::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  /** Quoted; what a spreadsheet would compute or run is text to it behind an apostrophe. */
  private static String cell(String value) {
    boolean acts = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
    return '"' + (acts ? "'" : "") + value.replace("\"", "\"\"") + '"';
  }
}
