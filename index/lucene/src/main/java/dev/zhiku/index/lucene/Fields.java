package dev.zhiku.index.lucene;

import dev.zhiku.index.embedding.EmbedderId;

/** Names of the fields on disk; changing one is a new format version. */
final class Fields {
  /** Id of the document, on its record and on each of its passages. */
  static final String DOCUMENT = "document";

  /** Id of the document, on its record only. */
  static final String RECORD = "record";

  /** Number of passages that follow the record. */
  static final String PASSAGES = "passages";

  static final String ORDINAL = "ordinal";

  static final String SOURCE = "source";
  static final String PATH = "path";
  static final String MEDIA_TYPE = "mediaType";
  static final String SIZE = "size";
  static final String MODIFIED = "modified";
  static final String SHA256 = "sha256";
  static final String FINGERPRINT = "fingerprint";
  static final String LABEL = "label";

  static final String TEXT = "text";
  static final String KIND = "kind";
  static final String HEADING = "heading";
  static final String ENTRY = "entry";
  static final String START = "start";
  static final String END = "end";
  static final String CELLS = "cells";

  /** What the text is made of, as {@link TextBlockCodec} writes it; absent where not known. */
  static final String BLOCKS = "blocks";

  static final String EMBEDDER = "embedder";
  static final String TEXT_HASH = "textHash";

  /** Words of the text. */
  static final String BODY = "body";

  /** Words of the headings above the passage. */
  static final String TITLE = "title";

  /** Words of the file's path; a rename changes only these. */
  static final String NAME = "name";

  /** Words of text and headings as they are written. */
  static final String FORM = "form";

  /** Single ideographs of text and headings. */
  static final String CHARACTER = "character";

  private Fields() {}

  /** The vectors of one embedder. */
  static String vector(EmbedderId embedder) {
    return "vector:" + embedder;
  }

  /** Hashes of the texts one embedder has embedded. */
  static String hash(EmbedderId embedder) {
    return "hash:" + embedder;
  }
}
