package dev.zhiku.ingest.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextBlock.Kind;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Block.Heading;
import dev.zhiku.ingest.extract.Block.Paragraph;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Preformatted;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.Block.Row;
import dev.zhiku.ingest.extract.Extracted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassageBlocksTest {
  private static final List<String> PIECES =
      List.of(
          "The pump must be cleaned every week. ",
          "设备每周检查一次。",
          "𠮷野家的合同；",
          "see p. 4:\n",
          "| 12 ",
          "😀 ",
          "Really? ",
          "第3条 ",
          "- ",
          "\t",
          "Ångström ");

  @Test
  void each_block_has_its_kind_and_the_headings_above_it() {
    Passage passage =
        only(
            heading(1, "第一章 总则"),
            text("本办法自发布之日起施行。"),
            heading(1, "第二章 准入"),
            heading(2, "2.1 条件"),
            text("供应商应当具备下列条件："),
            item("（一）注册资本不低于五百万元；"),
            new Preformatted("pump --start", Place.WHOLE));
    assertThat(kinds(passage))
        .containsExactly(
            Kind.HEADING,
            Kind.PARAGRAPH,
            Kind.HEADING,
            Kind.HEADING,
            Kind.PARAGRAPH,
            Kind.LIST_ITEM,
            Kind.CODE);
    assertThat(of("本办法", passage).heading()).containsExactly("第一章 总则");
    assertThat(of("（一）", passage).heading()).containsExactly("第二章 准入", "2.1 条件");
    assertThat(of("（一）", passage).lead()).contains("供应商应当具备下列条件：");
    assertThat(of("2.1", passage).heading()).containsExactly("第二章 准入", "2.1 条件");
    assertThat(of("（一）", passage).language()).isEqualTo(Language.CHINESE);
    assertThat(of("pump", passage).language()).isEqualTo(Language.ENGLISH);
    assertThat(passage.location().heading()).containsExactly("第一章 总则");
  }

  @Test
  void a_row_has_its_cells_by_column() {
    Place place = new Place(Location.Kind.CELLS, Optional.empty(), Optional.of("Prices"), 7, 7);
    Passage passage =
        only(new Row(List.of("Part", "Price", ""), List.of("X-2", "", "net", "14:30"), place));
    TextBlock row = passage.blocks().getFirst();
    assertThat(row.heading()).containsExactly("Prices");
    assertThat(row.origin().start()).isEqualTo(7);
    assertThat(row.cells().stream().map(c -> c.column() + "=" + c.in(passage.text())))
        .containsExactly("Part=X-2", "=net", "=14:30");
  }

  @Test
  void a_row_longer_than_a_passage_keeps_its_cells_in_each_part() {
    String remark = "Clean the filter before each use. ".repeat(120).strip();
    List<Chunk> chunks =
        split(List.of(new Row(List.of("Part", "Remark"), List.of("X-2", remark), Place.WHOLE)));
    assertThat(chunks).hasSizeGreaterThan(2);
    for (Chunk chunk : chunks) {
      assertThat(chunk.passage().blocks()).hasSize(1);
      assertThat(chunk.passage().blocks().getFirst().cells())
          .anyMatch(cell -> cell.column().equals("Remark"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "怎么申请年假？ | 在系统里填写申请单。",
        "问：食堂几点开门 | 答：早上七点。",
        "Q: Who signs the order? | A: The works manager.",
        "How long is the warranty? | Two years from delivery."
      })
  void a_question_is_the_lead_of_its_answer(String question, String answer) {
    Passage passage =
        only(text("Before that nothing."), text(question), text(answer), text("End."));
    assertThat(kinds(passage))
        .containsExactly(Kind.PARAGRAPH, Kind.QUESTION, Kind.ANSWER, Kind.PARAGRAPH);
    assertThat(passage.blocks().get(2).lead()).contains(question);
  }

  @Test
  void a_heading_that_asks_is_the_lead_of_what_stands_under_it() {
    Passage passage = only(heading(2, "押金什么时候退？"), text("退租后七日内。"), text("逾期按日计息。"));
    assertThat(kinds(passage)).containsExactly(Kind.HEADING, Kind.ANSWER, Kind.PARAGRAPH);
    assertThat(passage.blocks().get(1).lead()).contains("押金什么时候退？");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "表 3-1 各部门预算 | CAPTION",
        "图2：水泵结构 | CAPTION",
        "Table 4. Torque of the screws | CAPTION",
        "Fig. 7 Section of the valve | CAPTION",
        "Table 4 shows the torque of the screws. | PARAGRAPH",
        "表明身份后方可进入 | PARAGRAPH",
        "图书馆周一闭馆 | PARAGRAPH",
        "1) Close the valve | LIST_ITEM",
        "（三）其他情形 | LIST_ITEM",
        "② 拧紧螺栓 | LIST_ITEM",
        "2026. was a good year | PARAGRAPH",
        "3.5 kW are enough | PARAGRAPH"
      })
  void what_the_format_does_not_say_is_told_from_the_words(String words, Kind kind) {
    assertThat(kinds(only(text(words)))).containsExactly(kind);
  }

  @Test
  void comments_captions_and_items_are_what_the_format_says() {
    Passage passage =
        only(
            new Paragraph("Torque", Place.WHOLE, Role.CAPTION),
            new Paragraph("Comment (Li): really?", Place.WHOLE, Role.NOTE),
            item("no marker"));
    assertThat(kinds(passage)).containsExactly(Kind.CAPTION, Kind.NOTE, Kind.LIST_ITEM);
  }

  @Test
  void pages_with_their_printed_number_and_recognised_words_keep_both() {
    Place page = new Place(Location.Kind.PAGE, Optional.empty(), Optional.empty(), 14, 14);
    Passage passage =
        only(
            new Paragraph("Typed words.", page.labelled("xii")),
            new Paragraph("Scanned words.", page.labelled("xii").recognised(87)));
    assertThat(passage.blocks().getFirst().origin().recognised()).isEmpty();
    assertThat(passage.blocks().getLast().origin())
        .isEqualTo(new TextBlock.Origin(14, 14, Optional.of("xii"), OptionalInt.of(87)));
    assertThat(page.labelled("14").label()).isEmpty();
  }

  @Test
  void a_list_keeps_its_announcement_as_long_as_it_fits() {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      blocks.add(text("Clean the pump and write down who did it and when. ".repeat(5)));
    }
    blocks.add(7, text("Before you start, do the following:"));
    for (int i = 1; i <= 6; i++) {
      blocks.add(7 + i, item(i + ". " + "close valve " + i + " by hand ".repeat(5)));
    }
    List<Chunk> chunks = split(blocks);
    Passage announcing =
        chunks.stream()
            .map(Chunk::passage)
            .filter(p -> p.text().contains("do the following:"))
            .findFirst()
            .orElseThrow();
    assertThat(kinds(announcing).stream().filter(k -> k == Kind.LIST_ITEM)).hasSize(6);
  }

  @Test
  void an_item_far_from_its_announcement_still_knows_it() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(text("Tools that you need:"));
    for (int i = 0; i < 60; i++) {
      blocks.add(item("- a tool of size " + i + " for the valves and pumps of the plant"));
    }
    List<Chunk> chunks = split(blocks);
    assertThat(chunks).hasSizeGreaterThan(2);
    assertThat(chunks.getLast().passage().blocks())
        .allMatch(block -> block.lead().equals(Optional.of("Tools that you need:")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"第十二条 ", "Article 7 ", "4.2.1 ", "（二）", "3) "})
  void a_clause_or_an_item_is_not_cut(String beginning) {
    String rule = beginning + "甲方应当在收到通知后五日内书面答复乙方。".repeat(40);
    List<Chunk> chunks =
        split(List.of(text("前言。".repeat(150)), text(rule), text("后记。".repeat(150))));
    assertThat(chunks).anyMatch(chunk -> chunk.passage().text().contains(rule));
  }

  @Test
  void code_is_not_cut_and_where_it_must_be_only_between_its_lines() {
    String line = "if (pump.pressure() > 4. && ready) { close(valve); } // a. b. c.\n";
    String code = line.repeat(30).strip();
    assertThat(split(List.of(new Preformatted(code, Place.WHOLE)))).hasSize(1);
    for (Chunk chunk : split(List.of(new Preformatted(line.repeat(200), Place.WHOLE)))) {
      assertThat(chunk.passage().text()).endsWith("// a. b. c.");
    }
  }

  @Test
  void headings_at_the_end_belong_to_the_text_before_them() {
    List<Chunk> chunks =
        split(List.of(text("设备每周检查。".repeat(60)), heading(1, "附录"), heading(2, "附件一")));
    assertThat(chunks).hasSize(1);
    assertThat(chunks.getFirst().passage().text()).endsWith("附录\n\n附件一");
    List<Chunk> alone = split(List.of(heading(1, "附录")));
    assertThat(alone).hasSize(1);
  }

  @Test
  void a_title_page_goes_with_the_first_text_however_far_it_is() {
    Place cover = new Place(Location.Kind.SLIDE, Optional.empty(), Optional.empty(), 1, 1);
    Place ninth = new Place(Location.Kind.SLIDE, Optional.empty(), Optional.empty(), 9, 9);
    Passage passage =
        only(new Heading(0, "Department of Biology", cover), new Paragraph("It is open.", ninth));
    assertThat(passage.text()).isEqualTo("Department of Biology\n\nIt is open.");
    assertThat(passage.blocks().getLast().origin().start()).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void blocks_are_the_text_without_its_white_space(long seed) {
    Random random = new Random(seed);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      blocks.add(block(random));
    }
    for (Chunk chunk : split(blocks)) {
      Passage passage = chunk.passage();
      String text = passage.text();
      int at = 0;
      for (TextBlock block : passage.blocks()) {
        assertThat(text.substring(at, block.start())).isBlank();
        assertThat(block.in(text)).isEqualTo(block.in(text).strip());
        assertThat(Character.isLowSurrogate(text.charAt(block.start()))).isFalse();
        assertThat(Character.isHighSurrogate(text.charAt(block.end() - 1))).isFalse();
        at = block.end();
      }
      assertThat(at).isEqualTo(text.length());
    }
  }

  private static Block block(Random random) {
    Place page =
        new Place(Location.Kind.PAGE, Optional.empty(), Optional.empty(), 1, 1)
            .labelled(random.nextBoolean() ? "i" : "");
    String some = words(random, 1 + random.nextInt(12));
    return switch (random.nextInt(8)) {
      case 0 -> new Heading(1 + random.nextInt(3), some, page);
      case 1 -> new Preformatted(some + "\n" + words(random, 3), page);
      case 2 -> new Row(List.of("a", ""), List.of(some, "", words(random, 2)), page);
      case 3 -> new Paragraph("- " + some, page, Role.LIST_ITEM);
      case 4 -> new Paragraph(words(random, 60 + random.nextInt(400)), page);
      case 5 -> new Row(List.of("long"), List.of(words(random, 500)), page);
      default -> new Paragraph(some, page);
    };
  }

  private static String words(Random random, int count) {
    String words =
        random
            .ints(count, 0, PIECES.size())
            .mapToObj(PIECES::get)
            .collect(Collectors.joining())
            .strip();
    return words.isEmpty() ? "x" : words;
  }

  private static List<Kind> kinds(Passage passage) {
    return passage.blocks().stream().map(TextBlock::kind).toList();
  }

  private static TextBlock of(String beginning, Passage passage) {
    return passage.blocks().stream()
        .filter(block -> block.in(passage.text()).startsWith(beginning))
        .findFirst()
        .orElseThrow();
  }

  private static Block heading(int level, String text) {
    return new Heading(level, text, Place.WHOLE);
  }

  private static Block text(String text) {
    return new Paragraph(text, Place.WHOLE);
  }

  private static Block item(String text) {
    return new Paragraph(text, Place.WHOLE, Role.LIST_ITEM);
  }

  private static Passage only(Block... blocks) {
    List<Chunk> chunks = split(List.of(blocks));
    assertThat(chunks).hasSize(1);
    return chunks.getFirst().passage();
  }

  private static List<Chunk> split(List<Block> blocks) {
    Extracted.Content content = new Extracted.Content("text/plain", blocks, 0, List.of());
    return new Splitter().split(DocumentId.random(), content);
  }
}
