package dev.zhiku.ingest.extract.ocr;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.Pictures;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Pictures of text. Their size is asked for before anybody unpacks them. */
public final class PictureReader implements FormatReader {
  private static final int FEWEST_PIXELS_A_SIDE = 12;

  private final TextRecognition recognition;

  public PictureReader(TextRecognition recognition) {
    this.recognition = recognition;
  }

  @Override
  public boolean reads(String mediaType) {
    return Pictures.mayHoldText(mediaType);
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.path().toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("nobody knows the size of this picture");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        readPages(file, reader, sink);
      } finally {
        reader.dispose();
      }
    }
  }

  private void readPages(InputFile file, ImageReader reader, BlockSink sink) throws IOException {
    boolean paged = file.mediaType().equals("image/tiff");
    int pages = paged ? reader.getNumImages(true) : 1;
    if (paged) {
      sink.pages(pages);
    }
    for (int page = 1; page <= pages; page++) {
      long width = reader.getWidth(page - 1);
      long height = reader.getHeight(page - 1);
      String what = paged ? "p. " + page : file.name();
      if (width * height > recognition.mostPixels()) {
        recognition.tooLarge(what, sink);
      } else if (Math.min(width, height) >= FEWEST_PIXELS_A_SIDE) {
        recognition.read(file.path(), page, what, paged ? place(page) : Place.WHOLE, sink);
      }
    }
    recognition.noteConfidence(sink);
  }

  private static Place place(int page) {
    return new Place(Kind.PAGE, Optional.empty(), Optional.empty(), page, page);
  }
}
