package dev.zhiku.ingest.extract;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.outcome.Reason;
import java.util.List;

/** The result of reading a file. */
public sealed interface Extracted {
  /**
   * Its text.
   *
   * @param mediaType as detected from the bytes
   * @param blocks in reading order, at least one
   * @param pages pages or slides; 0 where the format has none
   * @param notes gaps that a reader should know of
   * @param unreadPictures whether text recognition would find more in it
   */
  record Content(
      String mediaType, List<Block> blocks, int pages, List<Phrase> notes, boolean unreadPictures)
      implements Extracted {
    /** Content without pictures of text. */
    public Content(String mediaType, List<Block> blocks, int pages, List<Phrase> notes) {
      this(mediaType, blocks, pages, notes, false);
    }

    public Content {
      blocks = List.copyOf(blocks);
      notes = List.copyOf(notes);
    }
  }

  /**
   * It cannot be read.
   *
   * @param mediaType as detected, {@code application/octet-stream} where unknown
   */
  record Rejected(String mediaType, Reason reason) implements Extracted {}
}
