package dev.zhiku.ingest.pipeline;

import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.words.Words;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.split.Splitter;
import java.util.stream.Collectors;

/**
 * Versions of everything that decides what passages and vectors a file gets, as they are now, and
 * what they say of those that a document was made with.
 */
record Fingerprint(String text) {
  /** Marks documents in which text recognition would find more. */
  private static final String READ_AGAIN = "|read-again";

  private static final String UNREAD_PICTURES = "|unread-pictures";

  static Fingerprint of(Extractor extractor, Splitter splitter, Embedders embedders) {
    String models =
        embedders.all().stream()
            .map(embedder -> embedder.id().toString())
            .sorted()
            .collect(Collectors.joining("+"));
    return new Fingerprint(
        String.join("|", extractor.version(), splitter.version(), Words.VERSION, models));
  }

  /** Of documents in which text recognition would find more. */
  String unread() {
    return text + UNREAD_PICTURES;
  }

  /** Whether a document with this fingerprint is what would be made of its file now. */
  boolean isCurrent(String fingerprint) {
    return fingerprint.equals(text) || fingerprint.equals(unread());
  }

  /** Whether the document is current, or was before it was marked to be read again. */
  boolean isOfThisGeneration(String fingerprint) {
    return isCurrent(
        fingerprint.endsWith(READ_AGAIN)
            ? fingerprint.substring(0, fingerprint.length() - READ_AGAIN.length())
            : fingerprint);
  }

  /** Of a document that shall be made anew of the same bytes. */
  static String markedToReadAgain(String fingerprint) {
    return fingerprint.endsWith(READ_AGAIN) ? fingerprint : fingerprint + READ_AGAIN;
  }
}
