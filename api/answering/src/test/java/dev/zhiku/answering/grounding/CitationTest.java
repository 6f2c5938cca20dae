package dev.zhiku.answering.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextBlock.Kind;
import dev.zhiku.index.TextBlock.Origin;
import dev.zhiku.index.embedding.Language;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CitationTest {
  private static final String TEXT =
      "第一章 总则\n\n本办法自发布之日起施行。\n\n第二章 准入\n\n注册资本不低于\n五百万元。\n\nPayment within 30 days.";

  private final List<TextBlock> blocks = new ArrayList<>();

  CitationTest() {
    block("第一章 总则", Kind.HEADING, 3, "第一章 总则");
    block("本办法自发布之日起施行。", Kind.PARAGRAPH, 3, "第一章 总则");
    block("第二章 准入", Kind.HEADING, 3, "第二章 准入");
    block("注册资本不低于\n五百万元。", Kind.LIST_ITEM, 4, "第二章 准入");
    block("Payment within 30 days.", Kind.NOTE, 4);
  }

  @ParameterizedTest
  @CsvSource({
    "本办法自发布之日起施行。, 第一章 总则, 3",
    "注册资本不低于五百万元。, 第二章 准入, 4",
    "五百万元, 第二章 准入, 4",
    "第二章 准入 注册资本不低于, 第二章 准入, 4",
    "第二章 准入, 第二章 准入, 3"
  })
  void a_citation_names_the_heading_and_the_page_of_its_quote(
      String quote, String heading, int page) {
    Location place = citation(quote).place();
    assertThat(place.heading()).containsExactly(heading);
    assertThat(place.start()).isEqualTo(page);
  }

  @Test
  void a_quote_from_a_block_without_a_heading_has_none() {
    Citation citation = citation("Payment within 30 days.");
    assertThat(citation.place().heading()).isEmpty();
    assertThat(citation.block().orElseThrow().kind()).isEqualTo(Kind.NOTE);
  }

  @Test
  void words_that_stand_nowhere_are_cited_at_the_passage() {
    Citation citation = citation("Payment within 60 days.");
    assertThat(citation.block()).isEmpty();
    assertThat(citation.place()).isEqualTo(citation.found().passage().location());
  }

  @Test
  void a_passage_whose_parts_are_not_known_is_cited_as_a_whole() {
    blocks.clear();
    assertThat(citation("五百万元").place().heading()).containsExactly("第一章 总则");
  }

  private void block(String words, Kind kind, int page, String... heading) {
    int start = TEXT.indexOf(words);
    Origin origin = new Origin(page, page, Optional.empty(), OptionalInt.empty());
    blocks.add(
        new TextBlock(
            kind,
            start,
            start + words.length(),
            List.of(heading),
            Optional.empty(),
            List.of(),
            Language.CHINESE,
            origin));
  }

  private Citation citation(String quote) {
    DocumentId id = DocumentId.random();
    Location location =
        new Location(
            Location.Kind.PAGE, List.of("第一章 总则"), Optional.empty(), 3, 4, Optional.empty());
    Passage passage = new Passage(new PassageId(id, 0), TEXT, location, blocks);
    DocumentMeta document =
        new DocumentMeta(id, "s", "a.pdf", "application/pdf", 1, Instant.EPOCH, "0", "0", Set.of());
    return new Citation(
        1, new ScoredPassage(passage, document, 1, 1, 1), quote, true, Citation.By.SERVICE);
  }
}
