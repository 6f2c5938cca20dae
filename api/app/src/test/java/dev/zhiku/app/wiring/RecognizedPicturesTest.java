package dev.zhiku.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zhiku.app.config.ZhikuConfig.IngestSettings;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.ingest.extract.ocr.Tesseract;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** By the Tesseract of this machine, where there is one. */
@Timeout(300)
class RecognizedPicturesTest {
  @TempDir private Path folder;

  private static byte[] drawn(String text) throws IOException {
    BufferedImage image = new BufferedImage(900, 120, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 40));
    graphics.drawString(text, 20, 70);
    graphics.dispose();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(image, "png", file);
    return file.toByteArray();
  }

  @Test
  void words_in_a_picture_are_read_and_what_is_none_is_not() throws Exception {
    assumeTrue(Tesseract.find().isPresent(), "no Tesseract");
    try (DataFolder data = DataFolder.open(folder);
        RecognizedPictures pictures =
            new RecognizedPictures(settings(IngestSettings.Ocr.AUTO), data)) {
      assertThat(pictures.isThere()).isTrue();
      assertThat(pictures.read(drawn("Safety goggles in the laboratory")))
          .hasValueSatisfying(text -> assertThat(text).contains("goggles", "laboratory"));
      assertThat(pictures.read(drawn(" "))).isEmpty();
      assertThat(pictures.read("# A text, no picture".getBytes(StandardCharsets.UTF_8))).isEmpty();
      assertThat(folder.resolve("tmp/pictures")).isEmptyDirectory();
    }
  }

  @Test
  void nothing_is_read_where_recognition_is_switched_off() throws Exception {
    try (DataFolder data = DataFolder.open(folder);
        RecognizedPictures pictures =
            new RecognizedPictures(settings(IngestSettings.Ocr.OFF), data)) {
      assertThat(pictures.isThere()).isFalse();
      assertThat(pictures.read(drawn("words"))).isEqualTo(Optional.empty());
    }
  }

  private static IngestSettings settings(IngestSettings.Ocr ocr) {
    return new IngestSettings(1, ocr, 1 << 20, 0);
  }
}
