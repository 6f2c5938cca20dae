package dev.zhiku.ingest.extract.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.testing.ExtractorContract;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text recognition with a program in Tesseract's place that does what the test wants. */
class TextRecognitionIT {
  private static final OcrLimits LIMITS =
      new OcrLimits(10_000, Duration.ofMinutes(2), 3, Duration.ofMinutes(30));
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration ENDLESS = Duration.ofMinutes(10);
  private static final String TABLE =
      """
      5\\t1\\t1\\t1\\t1\\t1\\t0\\t0\\t9\\t9\\t96.5\\t人文
      5\\t1\\t1\\t1\\t1\\t2\\t0\\t0\\t9\\t9\\t91.0\\t学科
      5\\t1\\t1\\t1\\t2\\t1\\t0\\t0\\t9\\t9\\t88.0\\tFlinders
      5\\t1\\t1\\t1\\t2\\t2\\t0\\t0\\t9\\t9\\t90.0\\tUniversity
      5\\t1\\t2\\t1\\t1\\t1\\t0\\t0\\t9\\t9\\t12.0\\tiilj|
      """;

  private final Path directory;
  private final BlockSink sink = new BlockSink(ExtractLimits.DEFAULT, new NoInnerFiles());

  TextRecognitionIT(@TempDir Path directory) {
    this.directory = directory;
  }

  private static final class NoInnerFiles implements BlockSink.InnerFiles {
    @Override
    public boolean admits(String name, int depth, BlockSink sink) {
      return false;
    }

    @Override
    public void read(String name, InputStream content, int depth, BlockSink sink) {}
  }

  @BeforeEach
  void a_script_can_stand_in() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to stand in for Tesseract");
  }

  private Path program(String... lines) throws IOException {
    Path script = directory.resolve("tesseract");
    Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private TextRecognition recognition(String... lines) throws IOException {
    return new TextRecognition(new Tesseract(program(lines), "eng", false), LIMITS);
  }

  private String printing() {
    return printing(TABLE);
  }

  private String printing(String table) {
    return "printf '" + table.replace("\n", "\\n") + "'";
  }

  private Path picture(int width, int height) throws IOException {
    Path file = directory.resolve("scan.png");
    ImageIO.write(
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
    return file;
  }

  private Extracted.Content content() {
    return sink.content("image/png");
  }

  @Test
  void words_it_is_sure_of_become_paragraphs_with_chinese_unbroken() throws Exception {
    recognition(printing()).read(picture(20, 20), 1, "scan.png", Place.WHOLE, sink);
    assertThat(content().blocks())
        .containsExactly(
            new Block.Paragraph("人文学科 Flinders University", Place.WHOLE.recognised(90)));
    assertThat(ExtractorContract.notes(content())).contains("recognised in pictures");
  }

  @Test
  void a_page_that_takes_too_long_is_ended_and_the_limit_named() throws Exception {
    OcrLimits hurried = new OcrLimits(LIMITS.pixels(), SHORT, LIMITS.pages(), LIMITS.fileTime());
    Path program = program("exec sleep " + ENDLESS.toSeconds());
    long start = System.nanoTime();
    new TextRecognition(new Tesseract(program, "eng", false), hurried)
        .read(picture(20, 20), 1, "p. 7", Place.WHOLE, sink);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ENDLESS);
    assertThat(ExtractorContract.notes(content())).contains("p. 7").contains("after 1 s");
  }

  @Test
  void a_failing_program_is_a_note_and_no_more() throws Exception {
    recognition("exit 3").read(picture(20, 20), 1, "p. 7", Place.WHOLE, sink);
    assertThat(ExtractorContract.notes(content())).contains("p. 7: text recognition failed");
  }

  @Test
  void pages_beyond_the_limit_are_not_begun_until_the_next_file() throws Exception {
    TextRecognition recognition = recognition(printing());
    for (int page = 1; page <= 5; page++) {
      recognition.read(picture(20, 20), page, "p. " + page, Place.WHOLE, sink);
    }
    assertThat(content().blocks()).hasSize(3);
    assertThat(ExtractorContract.notes(content())).contains("first 3 pictures");
    recognition.startFile();
    recognition.read(picture(20, 20), 6, "p. 6", Place.WHOLE, sink);
    assertThat(content().blocks()).hasSize(4);
  }

  @Test
  void the_first_picture_with_text_decides_the_script_of_the_file_and_confidence_is_noted()
      throws Exception {
    Path calls = directory.resolve("calls");
    String surer = TABLE.replace("88.0", "98.0").replace("人文", "人類");
    Path program =
        program(
            "echo \"$4\" >> " + calls,
            "case \"$4\" in chi_tra*) " + printing(surer) + ";; *) " + printing() + ";; esac");
    TextRecognition recognition =
        new TextRecognition(new Tesseract(program, "chi_sim+chi_tra+eng", false), LIMITS);
    for (int page = 1; page <= 2; page++) {
      recognition.read(picture(20, 20), page, "p. " + page, Place.WHOLE, sink);
    }
    recognition.noteConfidence(sink);
    assertThat(ExtractorContract.text(content())).contains("人類学科").doesNotContain("人文");
    assertThat(Files.readAllLines(calls))
        .containsExactly("chi_sim+eng", "chi_tra+eng", "chi_tra+eng");
    assertThat(ExtractorContract.notes(content())).contains("p. 1 94 %, p. 2 94 %");
  }

  @Test
  void a_picture_of_too_many_pixels_is_never_handed_over() throws Exception {
    Path flood = picture(101, 100);
    Path mark = directory.resolve("called");
    PictureReader reader = new PictureReader(recognition("touch " + mark));
    reader.read(new InputFile(flood, "flood.png", "image/png"), sink);
    assertThat(mark).doesNotExist();
    assertThat(ExtractorContract.notes(content())).contains("flood.png has more than");
  }

  @Test
  void it_is_found_on_the_search_path_with_the_languages_it_has() throws Exception {
    program("echo 'List of languages (3):'", "echo chi_sim", "echo eng", "echo osd");
    assertThat(Tesseract.find(List.of(directory)).orElseThrow().languages())
        .isEqualTo("chi_sim+eng");
    program("echo chi_sim", "echo chi_tra", "echo eng", "echo osd");
    Tesseract both = Tesseract.find(List.of(directory)).orElseThrow();
    assertThat(both.languages()).isEqualTo("chi_sim+chi_tra+eng", false);
    assertThat(both.choices()).containsExactly("chi_sim+eng", "chi_tra+eng");
    program("echo 'List of languages (1):'", "echo eng");
    assertThat(Tesseract.find(List.of(directory)).orElseThrow().languages()).isEqualTo("eng");
    program("echo 'List of languages (1):'", "echo fra");
    assertThat(Tesseract.find(List.of(directory))).isEmpty();
    program("exit 1");
    assertThat(Tesseract.find(List.of(directory))).isEmpty();
    assertThat(Tesseract.find(List.of(directory.resolve("nowhere")))).isEmpty();
  }

  @Test
  void one_beside_the_service_comes_before_the_search_path_in_its_folder_or_in_bin_of_it()
      throws Exception {
    program("echo eng");
    String searchPath = directory.toString();
    Path beside = directory.resolve("of the service/tesseract");
    assertThat(Tesseract.find(Optional.of(beside), searchPath).orElseThrow().languages())
        .isEqualTo("eng");

    Path own = Files.createDirectories(beside.resolve("bin")).resolve("tesseract");
    Files.writeString(own, "#!/bin/sh\necho chi_sim\necho eng\n");
    assertThat(own.toFile().setExecutable(true)).isTrue();

    Tesseract found = Tesseract.find(Optional.of(beside), searchPath).orElseThrow();
    assertThat(found.program()).isEqualTo(own.toAbsolutePath());
    assertThat(found.languages()).isEqualTo("chi_sim+eng");
    assertThat(found.parts()).containsExactly(found.program());
  }
}
