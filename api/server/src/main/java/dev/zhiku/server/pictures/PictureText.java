package dev.zhiku.server.pictures;

import java.util.Optional;

/** The recognition of text in pictures, where it is installed. Thread-safe. */
public interface PictureText {
  /** None. */
  PictureText NONE =
      new PictureText() {
        @Override
        public boolean isThere() {
          return false;
        }

        @Override
        public Optional<String> read(byte[] picture) {
          return Optional.empty();
        }
      };

  /** Whether pictures can be read now. */
  boolean isThere() throws InterruptedException;

  /**
   * The text in a picture; pictures are read one after the other, which may take seconds.
   *
   * @param picture the bytes of its file
   * @return its paragraphs by lines; empty where no text was recognised or the file is no picture
   */
  Optional<String> read(byte[] picture) throws InterruptedException;
}
