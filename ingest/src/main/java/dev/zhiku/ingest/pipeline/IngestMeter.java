package dev.zhiku.ingest.pipeline;

/** Counts the work of the ingest. Thread-safe. */
public interface IngestMeter {
  /** Counts nothing. */
  IngestMeter NONE =
      new IngestMeter() {
        @Override
        public void embedded(int texts) {}

        @Override
        public void carriedOver(int vectors) {}

        @Override
        public void parsed(String outcome) {}
      };

  /** Texts given to an embedder. */
  void embedded(int texts);

  /** Vectors that the index had already. */
  void carriedOver(int vectors);

  /**
   * A document went through the parser.
   *
   * @param outcome {@code indexed}, {@code skipped} or {@code failed}
   */
  void parsed(String outcome);
}
