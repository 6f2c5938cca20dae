package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.notes;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.poi.ddf.EscherContainerRecord;
import org.apache.poi.ddf.EscherOptRecord;
import org.apache.poi.ddf.EscherPropertyTypes;
import org.apache.poi.ddf.EscherRecordTypes;
import org.apache.poi.hslf.usermodel.HSLFGroupShape;
import org.apache.poi.hslf.usermodel.HSLFShape;
import org.apache.poi.hslf.usermodel.HSLFSlide;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hslf.usermodel.HSLFTextBox;
import org.apache.poi.sl.usermodel.ShapeContainer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A show in the binary format of PowerPoint, saved by LibreOffice from one that holds it all. */
class OlderSlidesTest {
  private final Path directory;
  private Extracted read = new Extracted.Content("", List.of(), 0, List.of(), false);

  OlderSlidesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void readShow() throws IOException {
    try (InputStream show =
        Objects.requireNonNull(OlderSlidesTest.class.getResourceAsStream("/reading/tariff.ppt"))) {
      Path file = directory.resolve("tariff.bin");
      Files.copy(show, file);
      read = new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, "tariff.ppt");
    }
  }

  @Test
  void lines_are_numbered_and_titles_are_headings() {
    assertThat(texts()).contains("1. Buy the ticket", "2. Board the ferry", "3. Keep the receipt");
    assertThat(content(read).blocks().getFirst()).isInstanceOf(Block.Heading.class);
  }

  @Test
  void raised_digits_are_kept_and_links_have_their_address() {
    assertThat(texts())
        .contains("About 10⁷ riders, see the tide table (https://harbour.example/tide)");
  }

  @Test
  void notes_of_the_speaker_are_notes_without_the_number_of_their_page() {
    assertThat(content(read).blocks())
        .filteredOn(
            block ->
                block instanceof Block.Paragraph paragraph && paragraph.role() == Block.Role.NOTE)
        .extracting(block -> text(block))
        .containsExactly("Mention the winter fare.");
    assertThat(texts()).doesNotContain("*");
  }

  @Test
  void merged_cells_belong_to_each_of_their_rows_and_columns() {
    assertThat(content(read).blocks())
        .filteredOn(Block.Row.class::isInstance)
        .extracting(block -> ((Block.Row) block).header() + " " + ((Block.Row) block).cells())
        .containsExactly(
            "[Line, Season Summer, Season Winter, Note] [East, 40, 55, small]",
            "[Line, Season Summer, Season Winter, Note] [East, 41, , large]",
            "[Line, Season Summer, Season Winter, Note] [West, closed, closed, none]");
  }

  @Test
  void hidden_slides_are_left_out_and_words_in_groups_are_not() {
    assertThat(text(read)).doesNotContain("sixty").contains("Harbour office, door 3");
    assertThat(notes(read)).contains("1 hidden slide was left out");
    assertThat(content(read).blocks().getLast().place().start()).isEqualTo(4);
  }

  @Test
  void hidden_shapes_are_left_out_also_those_of_a_group() throws IOException {
    try (HSLFSlideShow show = new HSLFSlideShow()) {
      HSLFSlide slide = show.createSlide();
      box(slide, "Fare 12");
      hide(box(slide, "Fare 90"));
      HSLFGroupShape group = slide.createGroup();
      box(group, "旧价八元");
      hide(group);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      show.write(bytes);
      Path file = Files.write(directory.resolve("hidden.bin"), bytes.toByteArray());
      read = new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, "a.ppt");
    }
    assertThat(text(read)).isEqualTo("Fare 12");
    assertThat(notes(read)).contains("2 hidden parts were left out");
  }

  private static HSLFShape box(ShapeContainer<HSLFShape, ?> around, String words) {
    HSLFTextBox box = new HSLFTextBox();
    box.setText(words);
    around.addShape(box);
    return box;
  }

  private static void hide(HSLFShape shape) {
    EscherContainerRecord own = shape.getSpContainer();
    EscherContainerRecord properties =
        shape instanceof HSLFGroupShape ? (EscherContainerRecord) own.getChild(0) : own;
    EscherOptRecord options = HSLFShape.getEscherChild(properties, EscherRecordTypes.OPT);
    if (options == null) {
      options = new EscherOptRecord();
      options.setRecordId(EscherOptRecord.RECORD_ID);
      properties.addChildBefore(options, EscherRecordTypes.CLIENT_ANCHOR.typeID);
    }
    HSLFShape.setEscherProperty(options, EscherPropertyTypes.GROUPSHAPE__FLAGS, 0x20002);
  }

  private List<String> texts() {
    return content(read).blocks().stream().map(block -> text(block)).toList();
  }
}
