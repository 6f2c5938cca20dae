package dev.zhiku.ingest.extract.older;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.EmbeddedObject;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.Pictures;
import dev.zhiku.ingest.extract.UnreadableFileException;
import dev.zhiku.ingest.outcome.IngestText;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hslf.exceptions.OldPowerPointFormatException;
import org.apache.poi.hslf.usermodel.HSLFObjectData;
import org.apache.poi.hslf.usermodel.HSLFPictureData;
import org.apache.poi.hslf.usermodel.HSLFSlide;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.poifs.filesystem.FileMagic;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/**
 * Slide shows of PowerPoint 97 to 2003: lines with their numbers, merged cells, raised digits,
 * notes and comments at their slide; hidden slides are left out.
 */
public final class PptReader implements FormatReader {
  private final FormatReader office;

  /**
   * @param office reads what is no such show, whatever it is called
   */
  public PptReader(FormatReader office) {
    this.office = office;
  }

  @Override
  public boolean reads(String mediaType) {
    return mediaType.equals("application/vnd.ms-powerpoint");
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    if (FileMagic.valueOf(file.path().toFile()) != FileMagic.OLE2) {
      office.read(file, sink);
      return;
    }
    try (POIFSFileSystem container = new POIFSFileSystem(file.path().toFile(), true);
        HSLFSlideShow show = new HSLFSlideShow(container)) {
      read(show, sink);
    } catch (EncryptedDocumentException e) {
      throw new UnreadableFileException(ReasonCode.PASSWORD_PROTECTED);
    } catch (OldPowerPointFormatException e) {
      office.read(file, sink);
    }
  }

  private static void read(HSLFSlideShow show, BlockSink sink) throws IOException {
    sink.pages(show.getSlides().size());
    Set<String> margins = new LinkedHashSet<>();
    int hidden = 0;
    int hiddenShapes = 0;
    for (HSLFSlide slide : show.getSlides()) {
      if (slide.isHidden()) {
        hidden++;
        continue;
      }
      int number = slide.getSlideNumber();
      PptSlide reading =
          new PptSlide(
              new Place(Kind.SLIDE, Optional.empty(), Optional.empty(), number, number), sink);
      reading.read(slide);
      margins.addAll(reading.margins(slide));
      hiddenShapes += reading.hidden();
    }
    margins.forEach(text -> sink.paragraph(text, Place.WHOLE));
    if (hidden > 0) {
      sink.note(IngestText.of("slides.hidden", hidden));
    }
    if (hiddenShapes > 0) {
      sink.note(IngestText.of("parts.hidden", hiddenShapes));
    }
    readObjects(show, sink);
    readPictures(show, sink);
  }

  private static void readObjects(HSLFSlideShow show, BlockSink sink) throws IOException {
    int number = 0;
    for (HSLFObjectData object : show.getEmbeddedObjects()) {
      number++;
      byte[] content = object.getInputStream().readAllBytes();
      if (FileMagic.valueOf(content) != FileMagic.OLE2) {
        sink.inner("object" + number, new ByteArrayInputStream(content));
        continue;
      }
      try (POIFSFileSystem container = new POIFSFileSystem(new ByteArrayInputStream(content))) {
        EmbeddedObject embedded = EmbeddedObject.of(container.getRoot());
        boolean named = !embedded.name().isBlank() && !embedded.name().equals("Root Entry");
        sink.inner(
            named ? embedded.name() : "object" + number,
            new ByteArrayInputStream(embedded.content()));
      }
    }
  }

  private static void readPictures(HSLFSlideShow show, BlockSink sink) throws IOException {
    int number = 0;
    for (HSLFPictureData picture : show.getPictureData()) {
      number++;
      if (Pictures.mayHoldText(picture.getContentType())
          && Pictures.mayBeAPage(picture.getData())) {
        String name = "picture" + number + picture.getType().extension;
        sink.inner(name, new ByteArrayInputStream(picture.getData()));
      }
    }
  }
}
