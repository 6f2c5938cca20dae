package dev.zhiku.ingest.extract;

import java.io.IOException;

/**
 * Reads the files of some formats into blocks. Works inside the parser child, one file at a time;
 * it may fail in any way, for whoever calls it expects that.
 */
public interface FormatReader {
  /** Whether this reader takes files of that type, which is without parameters. */
  boolean reads(String mediaType);

  /**
   * Hands the file's blocks to the sink in reading order.
   *
   * @throws UnreadableFileException if it is clear why the file cannot be read
   * @throws IOException if it is broken
   */
  void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException;
}
