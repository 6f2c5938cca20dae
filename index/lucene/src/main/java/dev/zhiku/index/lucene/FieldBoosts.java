package dev.zhiku.index.lucene;

import org.apache.lucene.search.similarities.BM25Similarity;

/**
 * Weights of a word by the field that it stands in, and BM25's constants; chosen by measurement,
 * see {@code index/docs/measured.md}.
 *
 * @param title weight of the headings' words; the text's own words weigh 1
 * @param name weight of the path's words
 * @param form weight of a word found exactly as it is written, beside its stem
 * @param saturation BM25's k1
 * @param lengthPenalty BM25's b
 */
record FieldBoosts(
    double title, double name, double form, double saturation, double lengthPenalty) {
  static final FieldBoosts DEFAULT = new FieldBoosts(0.7, 0.3, 0.5, 1.2, 0.75);

  BM25Similarity similarity() {
    return new BM25Similarity((float) saturation, (float) lengthPenalty);
  }
}
