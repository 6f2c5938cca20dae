package dev.zhiku.ingest.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every extractor keeps, whatever it reads. */
public abstract class ExtractorContract {
  private static final String PHRASE = "Zhiku keeps the coolant at 4.5 degrees";

  private final Path directory;

  protected ExtractorContract(Path directory) {
    this.directory = directory;
  }

  /** The extractor under test; the contract does not close it. */
  protected abstract Extractor extractor();

  /** A file of its format that holds the phrase. */
  protected abstract Sample sample(String phrase) throws IOException;

  /** A file in the making. */
  public static final class Sample {
    private final String name;
    private final byte[] bytes;

    private Sample(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes.clone();
    }

    /**
     * @param name with the ending its format has
     */
    public static Sample of(String name, byte[] bytes) {
      return new Sample(name, bytes);
    }

    /** A text file in UTF-8. */
    public static Sample ofText(String name, String text) {
      return new Sample(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public String name() {
      return name;
    }

    public byte[] bytes() {
      return bytes.clone();
    }
  }

  @Test
  void what_the_file_says_is_found_in_its_blocks() throws Exception {
    assertThat(text(read(sample(PHRASE)))).contains(PHRASE);
  }

  @Test
  void the_same_file_gives_the_same_blocks_every_time() throws Exception {
    Path file = write(sample(PHRASE));
    String name = sample(PHRASE).name();
    assertThat(extractor().extract(file, name)).isEqualTo(extractor().extract(file, name));
  }

  @Test
  void no_block_is_blank_and_every_place_is_possible() throws Exception {
    for (Block block : content(read(sample(PHRASE))).blocks()) {
      assertThat(text(block)).isNotBlank();
      boolean counted = block.place().kind() != Kind.WHOLE;
      assertThat(block.place().start()).isGreaterThanOrEqualTo(counted ? 1 : 0);
      assertThat(block.place().end()).isGreaterThanOrEqualTo(block.place().start());
    }
  }

  @Test
  void the_file_is_left_as_it_was() throws Exception {
    Sample sample = sample(PHRASE);
    Path file = write(sample);
    extractor().extract(file, sample.name());
    assertThat(Files.readAllBytes(file)).isEqualTo(sample.bytes());
  }

  @Test
  void an_empty_file_is_rejected_as_empty() throws Exception {
    Extracted extracted = read(Sample.of(sample(PHRASE).name(), new byte[0]));
    assertThat(extracted).isInstanceOf(Extracted.Rejected.class);
    assertThat(((Extracted.Rejected) extracted).reason().code()).isEqualTo(ReasonCode.EMPTY_FILE);
  }

  @Test
  void a_damaged_file_is_an_outcome_and_never_an_exception() throws Exception {
    Sample sample = sample(PHRASE);
    Random random = new Random(20261120);
    for (int i = 0; i < 20; i++) {
      byte[] damaged = sample.bytes();
      for (int flips = 0; flips < 1 + damaged.length / 50; flips++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertThatCode(() -> requireOutcome(read(Sample.of(sample.name(), damaged))))
          .as("damage number %d", i)
          .doesNotThrowAnyException();
    }
  }

  /** Text in each block, or a reason that can be said in both languages. */
  private static void requireOutcome(Extracted extracted) {
    switch (extracted) {
      case Extracted.Content content ->
          assertThat(content.blocks()).allSatisfy(block -> assertThat(text(block)).isNotBlank());
      case Extracted.Rejected rejected ->
          assertThat(rejected.reason().code().wireName()).isNotBlank();
    }
  }

  @Test
  void the_name_alone_decides_nothing_about_what_is_in_the_file() throws Exception {
    byte[] noise = new byte[4_000];
    new Random(7).nextBytes(noise);
    assertThat(read(Sample.of(sample(PHRASE).name(), noise)))
        .isInstanceOf(Extracted.Rejected.class);
  }

  @Test
  void the_version_says_something() {
    assertThat(extractor().version()).isNotBlank();
  }

  /** Reads a sample from a file of its own. */
  protected final Extracted read(Sample sample) throws IOException, InterruptedException {
    Path file = write(sample);
    try {
      return extractor().extract(file, sample.name());
    } finally {
      Files.delete(file);
    }
  }

  /** The content, or a failure that says why there is none. */
  public static Extracted.Content content(Extracted extracted) {
    assertThat(extracted).isInstanceOf(Extracted.Content.class);
    return (Extracted.Content) extracted;
  }

  /** All text, block by block. */
  public static String text(Extracted extracted) {
    return content(extracted).blocks().stream()
        .map(ExtractorContract::text)
        .collect(Collectors.joining("\n"));
  }

  /** All text of one block. */
  public static String text(Block block) {
    return switch (block) {
      case Block.Heading heading -> heading.text();
      case Block.Paragraph paragraph -> paragraph.text();
      case Block.Preformatted code -> code.text();
      case Block.Row row -> String.join(" ", row.header()) + "\n" + String.join(" ", row.cells());
    };
  }

  /** All notes in English. */
  public static String notes(Extracted extracted) {
    return content(extracted).notes().stream()
        .map(Phrase::english)
        .collect(Collectors.joining("\n"));
  }

  private Path write(Sample sample) throws IOException {
    Path file = Files.createTempFile(directory, "sample", ".bin");
    return Files.write(file, sample.bytes());
  }
}
