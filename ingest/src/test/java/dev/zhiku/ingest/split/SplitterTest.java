package dev.zhiku.ingest.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Block.Heading;
import dev.zhiku.ingest.extract.Block.Paragraph;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Preformatted;
import dev.zhiku.ingest.extract.Block.Row;
import dev.zhiku.ingest.extract.Extracted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitterTest {
  private static final DocumentId DOCUMENT = DocumentId.random();
  private static final int LARGEST_SIZE = 1_600;
  private static final String[] ENGLISH = {
    "pump", "valve", "cooling", "inspect", "the", "weekly", "pressure", "of", "safety", "staff",
    "contract", "must", "be", "signed", "by", "manager", "and", "returned", "within", "days"
  };
  private static final String[] CHINESE = {
    "设备", "员工", "每周", "检查", "压力", "安全", "合同", "经理", "签字", "必须", "冷却", "阀门", "的", "在", "内"
  };

  private final Splitter splitter = new Splitter();

  @Test
  void small_neighbours_become_one_passage_with_their_headings_in_front() {
    List<Chunk> chunks =
        split(heading(0, "Manual"), heading(1, "Care"), text("Keep it cold."), text("And dry."));
    assertThat(chunks).hasSize(1);
    assertThat(chunks.getFirst().passage().text())
        .isEqualTo("Manual\n\nCare\n\nKeep it cold.\n\nAnd dry.");
    assertThat(chunks.getFirst().passage().location().heading()).containsExactly("Care");
  }

  @Test
  void a_heading_begins_a_passage_once_there_is_enough_before_it() {
    List<Chunk> chunks =
        split(
            heading(1, "One"),
            text(english(new Random(1), 90)),
            heading(1, "Two"),
            heading(2, "Deep"),
            text("Short."));
    assertThat(chunks).hasSize(2);
    assertThat(chunks.getLast().passage().text()).startsWith("Two\n\nDeep\n\nShort.");
    assertThat(chunks.getLast().passage().location().heading()).containsExactly("Two", "Deep");
  }

  @Test
  void the_embedded_text_has_title_and_headings_once_and_no_more() {
    Random random = new Random(2);
    List<Chunk> chunks =
        split(
            heading(0, "Pump manual"),
            heading(1, "Care"),
            text(english(random, 150)),
            text(english(random, 150)));
    assertThat(chunks).hasSizeGreaterThan(1);
    assertThat(chunks.getFirst().embeddedText()).isEqualTo(chunks.getFirst().passage().text());
    assertThat(chunks.getLast().embeddedText())
        .isEqualTo("Pump manual\nCare\n" + chunks.getLast().passage().text());
  }

  @Test
  void pages_slides_sheets_and_inner_files_are_never_mixed() {
    List<Block> blocks = new ArrayList<>();
    for (Kind kind : List.of(Kind.PAGE, Kind.SLIDE)) {
      for (int number = 1; number <= 3; number++) {
        Place place = new Place(kind, Optional.empty(), Optional.empty(), number, number);
        blocks.add(new Paragraph(kind + " " + number, place));
      }
    }
    for (String sheet : List.of("A", "B")) {
      Place place = new Place(Kind.CELLS, Optional.empty(), Optional.of(sheet), 1, 1);
      blocks.add(new Row(List.of(), List.of("sheet " + sheet), place));
    }
    for (String entry : List.of("x.txt", "y.txt")) {
      Place place = new Place(Kind.LINES, Optional.of(entry), Optional.empty(), 1, 1);
      blocks.add(new Paragraph("entry " + entry, place));
    }
    List<Chunk> chunks = split(blocks);
    assertThat(chunks).hasSize(blocks.size());
    assertThat(chunks.getLast().passage().location().entry()).contains("y.txt");
    assertThat(chunks.get(1).passage().location().start()).isEqualTo(2);
  }

  @Test
  void a_heading_at_the_end_of_a_page_goes_with_its_text_on_the_next() {
    Place first = new Place(Kind.PAGE, Optional.empty(), Optional.empty(), 1, 1);
    Place second = new Place(Kind.PAGE, Optional.empty(), Optional.empty(), 2, 2);
    List<Chunk> chunks =
        split(
            new Paragraph("Before.", first),
            new Paragraph(english(new Random(1), 60), first),
            new Heading(1, "第三章 维护", first),
            new Heading(2, "3.1 每日", second),
            new Paragraph("每日清洗滤网。", second));
    assertThat(chunks.getLast().passage().text()).isEqualTo("第三章 维护\n\n3.1 每日\n\n每日清洗滤网。");
    assertThat(chunks.getLast().passage().location().start()).isEqualTo(1);
    assertThat(chunks.getLast().passage().location().end()).isEqualTo(2);
  }

  @Test
  void a_heading_goes_with_the_text_that_fills_a_passage_alone() {
    String full = chinese(new Random(2), 2_000).substring(0, 460);
    List<Chunk> chunks =
        split(text(english(new Random(3), 40)), heading(1, "第四章 安全作业的要求与检查"), text(full));
    assertThat(chunks.getLast().passage().text()).startsWith("第四章").endsWith(full);
  }

  @Test
  void a_title_without_a_place_goes_with_the_first_row_and_its_place() {
    Place row = new Place(Kind.LINES, Optional.empty(), Optional.empty(), 4, 9);
    List<Chunk> chunks =
        split(heading(0, "Harbour"), new Row(List.of("Summary"), List.of("Drill"), row));
    assertThat(chunks).hasSize(1);
    assertThat(chunks.getFirst().passage().text()).isEqualTo("Harbour\n\nSummary: Drill");
    assertThat(chunks.getFirst().passage().location().start()).isEqualTo(4);
  }

  @Test
  void rows_say_what_they_mean_and_are_cited_by_their_range() {
    List<Block> blocks = new ArrayList<>();
    for (int row = 2; row <= 200; row++) {
      Place place = new Place(Kind.CELLS, Optional.empty(), Optional.of("Prices"), row, row);
      blocks.add(
          new Row(List.of("Part", "Price", ""), List.of("X-" + row, "1" + row, "", ""), place));
    }
    List<Chunk> chunks = split(blocks);
    assertThat(chunks).hasSizeGreaterThan(3);
    Passage first = chunks.getFirst().passage();
    assertThat(first.text()).startsWith("Part: X-2 | Price: 12\nPart: X-3 | Price: 13\n");
    assertThat(first.location().cells().orElseThrow())
        .isEqualTo("Prices!A2:D" + first.location().end());
    assertThat(first.location().heading()).containsExactly("Prices");
    assertThat(chunks.get(1).passage().location().start()).isEqualTo(first.location().end() + 1);
    assertThat(chunks).allMatch(chunk -> chunk.passage().text().startsWith("Part: X-"));
  }

  @Test
  void headings_of_an_inner_file_do_not_reach_the_next_one() {
    Place inner = new Place(Kind.WHOLE, Optional.of("a.docx"), Optional.empty(), 0, 0);
    Place other = new Place(Kind.WHOLE, Optional.of("b.docx"), Optional.empty(), 0, 0);
    List<Chunk> chunks =
        split(new Heading(1, "Of a", inner), new Paragraph("a", inner), new Paragraph("b", other));
    assertThat(chunks.getLast().passage().location().heading()).isEmpty();
  }

  @Test
  void a_wordsblock_is_cut_between_sentences_with_a_sentence_of_overlap() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      words.append("第").append(i).append("条规定员工必须每周检查设备的冷却压力。");
    }
    List<Chunk> chunks = split(text(words.toString()));
    assertThat(chunks).hasSizeGreaterThan(5);
    for (int i = 1; i < chunks.size(); i++) {
      String before = chunks.get(i - 1).passage().text();
      String after = chunks.get(i).passage().text();
      assertThat(before).endsWith("。");
      assertThat(after).startsWith("第");
      assertThat(before).endsWith(after.substring(0, after.indexOf('。') + 1));
    }
  }

  @Test
  void a_text_without_any_border_is_cut_all_the_same() {
    List<Chunk> chunks = split(text("长行甲乙丙丁戊己庚辛壬癸".repeat(2_000)));
    assertThat(chunks).hasSizeGreaterThan(40);
    assertThat(chunks).allMatch(c -> TextSize.of(c.embeddedText()) <= LARGEST_SIZE);
  }

  @Test
  void characters_beyond_the_basic_plane_are_never_cut_in_half() {
    List<Chunk> chunks = split(text("𠮷".repeat(3_000)));
    assertThat(chunks).allMatch(c -> c.passage().text().codePoints().allMatch(p -> p == 0x20BB7));
  }

  @Test
  void the_limit_of_passages_is_noted_and_an_exact_fit_is_not() {
    Splitter three = new Splitter(3);
    Random random = new Random(3);
    List<Block> blocks = new ArrayList<>();
    for (int page = 1; page <= 4; page++) {
      Place place = new Place(Kind.PAGE, Optional.empty(), Optional.empty(), page, page);
      blocks.add(new Paragraph(english(random, 20), place));
    }
    Extracted.Content four = content(blocks);
    List<Chunk> chunks = three.split(DOCUMENT, four);
    assertThat(chunks).hasSize(3);
    assertThat(three.gap(four, chunks).orElseThrow().english()).contains("first 3 passages");
    Extracted.Content fitting = content(blocks.subList(0, 3));
    assertThat(three.gap(fitting, three.split(DOCUMENT, fitting))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void every_word_of_every_block_is_in_a_passage_in_order(long seed) {
    List<Block> blocks = document(new Random(seed), 120, true);
    List<Chunk> chunks = split(blocks);
    String all =
        squeezed(chunks.stream().map(c -> c.passage().text()).collect(Collectors.joining()));
    for (Block block : blocks) {
      for (String part : parts(block)) {
        assertThat(all).contains(squeezed(part));
      }
    }
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(chunks.get(i).passage().id().ordinal()).isEqualTo(i);
      assertThat(TextSize.of(chunks.get(i).embeddedText())).isLessThanOrEqualTo(1_900);
    }
    assertThat(split(blocks)).isEqualTo(chunks);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void an_edit_of_one_paragraph_changes_only_passages_near_it(long seed) {
    for (boolean headings : List.of(true, false)) {
      Random random = new Random(seed);
      List<Block> before = document(random, 600, headings);
      List<Block> after = new ArrayList<>(before);
      int place = 200 + random.nextInt(200);
      while (!(before.get(place) instanceof Paragraph)) {
        place++;
      }
      switch ((int) (seed % 3)) {
        case 0 -> after.set(place, text(english(random, 40)));
        case 1 -> after.add(place, text(english(random, 60)));
        default -> after.remove(place);
      }
      Set<String> known = embedded(split(before));
      long changed = embedded(split(after)).stream().filter(t -> !known.contains(t)).count();
      assertThat(known).hasSizeGreaterThan(60);
      assertThat(changed).isLessThanOrEqualTo(8);
    }
  }

  private static Set<String> embedded(List<Chunk> chunks) {
    return chunks.stream().map(Chunk::embeddedText).collect(Collectors.toCollection(HashSet::new));
  }

  private static List<Block> document(Random random, int size, boolean headings) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int kind = random.nextInt(12);
      if (headings && kind == 0) {
        blocks.add(heading(1 + random.nextInt(3), english(random, 4)));
      } else if (kind == 1) {
        blocks.add(new Preformatted(english(random, 12) + "\n" + english(random, 9), Place.WHOLE));
      } else if (kind == 2) {
        blocks.add(
            new Row(
                List.of("name", "value"),
                List.of(english(random, 2), "" + random.nextInt(1_000)),
                Place.WHOLE));
      } else if (kind == 3) {
        blocks.add(text(chinese(random, 20 + random.nextInt(300))));
      } else {
        blocks.add(text(english(random, 5 + random.nextInt(90))));
      }
    }
    return blocks;
  }

  private static List<String> parts(Block block) {
    return switch (block) {
      case Heading heading -> List.of(heading.text());
      case Paragraph paragraph -> Sentences.of(paragraph.text(), 100);
      case Preformatted code -> List.of(code.text());
      case Row row -> row.cells();
    };
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static String english(Random random, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(ENGLISH[random.nextInt(ENGLISH.length)]);
      text.append(random.nextInt(10) == 0 ? ". " : " ");
    }
    return text.toString().strip();
  }

  private static String chinese(Random random, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(CHINESE[random.nextInt(CHINESE.length)]);
      text.append(random.nextInt(8) == 0 ? "。" : "");
    }
    return text.toString();
  }

  private static Block heading(int level, String text) {
    return new Heading(level, text, Place.WHOLE);
  }

  private static Block text(String text) {
    return new Paragraph(text, Place.WHOLE);
  }

  private static Extracted.Content content(List<Block> blocks) {
    return new Extracted.Content("text/plain", blocks, 0, List.of());
  }

  private List<Chunk> split(Block... blocks) {
    return split(List.of(blocks));
  }

  private List<Chunk> split(List<Block> blocks) {
    return splitter.split(DOCUMENT, content(blocks));
  }
}
