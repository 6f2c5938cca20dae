package dev.zhiku.index.lucene;

import dev.zhiku.index.embedding.EmbedderId;
import java.io.IOException;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/**
 * Seven-bit quantised graphs beside the raw vectors. On disk everything carries Lucene's own names,
 * so that an index opens with plain Lucene too.
 */
final class VectorCodec {
  /** Neighbours of a node in the graph. */
  private static final int MAX_CONNECTIONS = 16;

  /** Candidates looked at while a node is linked. */
  private static final int BEAM_WIDTH = 100;

  /**
   * A segment whose graph would be searched by visiting so many candidates and more than all of its
   * vectors has none: below some 4,000 vectors looking at all of them costs less than a
   * millisecond, while graphs of young segments are built again with each merge.
   */
  private static final int SMALLEST_GRAPH = 500;

  private VectorCodec() {}

  static Codec create() {
    KnnVectorsFormat vectors = new WideVectors();
    return new Lucene104Codec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return vectors;
      }
    };
  }

  /** Lucene's format stops at 1,024 dimensions only because nobody raised it. */
  private static final class WideVectors extends KnnVectorsFormat {
    private final KnnVectorsFormat format =
        new Lucene104HnswScalarQuantizedVectorsFormat(
            ScalarEncoding.SEVEN_BIT, MAX_CONNECTIONS, BEAM_WIDTH, 1, null, SMALLEST_GRAPH);

    WideVectors() {
      super(Lucene104HnswScalarQuantizedVectorsFormat.NAME);
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return format.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
      return format.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
      return EmbedderId.MAX_DIMENSION;
    }
  }
}
