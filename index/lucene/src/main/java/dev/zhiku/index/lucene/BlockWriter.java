package dev.zhiku.index.lucene;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.words.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.document.BinaryPoint;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/** A document as a block of Lucene documents: its record first, then its passages in order. */
final class BlockWriter {
  private static final FieldType RANKED = words(false);
  private static final FieldType MATCHED = words(true);

  private final DocumentMeta meta;
  private final List<String> nameTerms;

  BlockWriter(DocumentMeta meta) {
    this.meta = meta;
    this.nameTerms = Words.of(meta.path()).terms();
  }

  /**
   * The record, then the passages. The words of up to {@link IndexStore#LARGE_CHANGE} passages are
   * found here; those of a longer document one passage after another while the block is written,
   * for all of them together take many times the memory of its text.
   */
  Iterable<Document> block(List<EmbeddedPassage> passages) {
    Iterable<Document> block =
        () ->
            Stream.concat(
                    Stream.of(documentRecord(passages.size())),
                    passages.stream().map(this::passage))
                .iterator();
    return passages.size() > IndexStore.LARGE_CHANGE ? block : made(block);
  }

  private static List<Document> made(Iterable<Document> block) {
    List<Document> made = new ArrayList<>();
    block.forEach(made::add);
    return made;
  }

  private Document documentRecord(int passages) {
    Document document = new Document();
    document.add(new StringField(Fields.RECORD, meta.id().value(), Store.NO));
    document.add(new NumericDocValuesField(Fields.PASSAGES, passages));
    addDocument(document, Store.YES);
    store(document, Fields.MODIFIED, meta.modifiedAt().toString());
    document.add(new StoredField(Fields.SIZE, meta.size()));
    store(document, Fields.SHA256, meta.sha256());
    store(document, Fields.FINGERPRINT, meta.fingerprint());
    return document;
  }

  /**
   * Fields that filters ask for: on the record, where they are also stored, and on each passage.
   */
  private void addDocument(Document document, Store store) {
    String id = meta.id().value();
    document.add(new StringField(Fields.DOCUMENT, id, Store.YES));
    document.add(new SortedDocValuesField(Fields.DOCUMENT, new BytesRef(id)));
    document.add(new StringField(Fields.SOURCE, meta.source(), store));
    document.add(new StringField(Fields.PATH, meta.path(), store));
    document.add(new StringField(Fields.MEDIA_TYPE, meta.mediaType(), store));
    document.add(new BinaryPoint(Fields.MODIFIED, Instants.sortable(meta.modifiedAt())));
    meta.labels().forEach(label -> document.add(new StringField(Fields.LABEL, label, store)));
  }

  private Document passage(EmbeddedPassage embedded) {
    Document document = new Document();
    Passage passage = embedded.passage();
    addDocument(document, Store.NO);
    document.add(new NumericDocValuesField(Fields.ORDINAL, passage.id().ordinal()));
    document.add(new StoredField(Fields.ORDINAL, passage.id().ordinal()));
    store(document, Fields.TEXT, passage.text());
    storeLocation(document, passage.location());
    storeBlocks(document, passage.blocks());
    addWords(document, passage);
    addVector(document, embedded);
    return document;
  }

  private static void storeLocation(Document document, Location location) {
    store(document, Fields.KIND, location.kind().name());
    location.heading().forEach(heading -> store(document, Fields.HEADING, heading));
    location.entry().ifPresent(entry -> store(document, Fields.ENTRY, entry));
    document.add(new StoredField(Fields.START, location.start()));
    document.add(new StoredField(Fields.END, location.end()));
    location.cells().ifPresent(cells -> store(document, Fields.CELLS, cells));
  }

  private static void storeBlocks(Document document, List<TextBlock> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    try {
      document.add(new StoredField(Fields.BLOCKS, TextBlockCodec.encode(blocks)));
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written but memory", e);
    }
  }

  private void addWords(Document document, Passage passage) {
    Words body = Words.of(passage.text());
    Words title = Words.of(String.join("\n", passage.location().heading()));
    document.add(words(Fields.BODY, body.terms(), RANKED));
    document.add(words(Fields.TITLE, title.terms(), RANKED));
    document.add(words(Fields.NAME, nameTerms, RANKED));
    document.add(words(Fields.FORM, joined(body.forms(), title.forms()), MATCHED));
    document.add(words(Fields.CHARACTER, joined(body.characters(), title.characters()), MATCHED));
  }

  private static void addVector(Document document, EmbeddedPassage embedded) {
    String hash = embedded.textHash().hex();
    document.add(new StringField(Fields.EMBEDDER, embedded.embedder().toString(), Store.YES));
    document.add(new StringField(Fields.hash(embedded.embedder()), hash, Store.NO));
    store(document, Fields.TEXT_HASH, hash);
    document.add(
        new KnnFloatVectorField(
            Fields.vector(embedded.embedder()),
            embedded.vector().toArray(),
            VectorSimilarityFunction.DOT_PRODUCT));
  }

  private static List<String> joined(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  private static void store(Document document, String field, String value) {
    document.add(new StoredField(field, value));
  }

  private static Field words(String field, List<String> words, FieldType type) {
    return new Field(field, new TermStream(words), type);
  }

  private static FieldType words(boolean omitNorms) {
    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.setOmitNorms(omitNorms);
    type.freeze();
    return type;
  }
}
