package dev.zhiku.ingest.extract.record;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One contact or event: labels in English and Chinese, each with a value. */
final class LabelledRow {
  private final List<String> labels = new ArrayList<>();
  private final List<String> values = new ArrayList<>();

  /** Leaves out what is blank. */
  void add(String label, String value) {
    String line = CleanText.line(value);
    if (!line.isEmpty()) {
      labels.add(label);
      values.add(line);
    }
  }

  /** Hands it over as one row of a table. */
  void handOver(int first, int last, BlockSink sink) {
    Place place = new Place(Kind.LINES, Optional.empty(), Optional.empty(), first, last);
    sink.row(labels, values, place);
  }
}
