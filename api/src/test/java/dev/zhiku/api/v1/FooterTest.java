package dev.zhiku.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.api.answer.Citation;
import dev.zhiku.api.answer.QueryResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FooterTest {
  private static final String BASE = "http://kb:8650";

  private static Citation citation(int number, String path, String location) {
    return new Citation(
        number,
        "d_1",
        path,
        "hr",
        path,
        Optional.empty(),
        "application/pdf",
        "0",
        Instant.EPOCH,
        Optional.of(12),
        List.of(),
        location,
        "a quote",
        true,
        "/documents/d_1/content#page=12");
  }

  private static QueryResponse response(
      String question, List<Citation> citations, List<QueryResponse.Warning> warnings) {
    return new QueryResponse(
        "q_1",
        "answered",
        question,
        question,
        Optional.of("Fifteen [1]."),
        Optional.empty(),
        Optional.of("stop"),
        new QueryResponse.Generator("ollama", Optional.empty(), true),
        citations,
        List.of(),
        new QueryResponse.Budget(1, 1, 1, 1, 1),
        warnings,
        new QueryResponse.Timings(0, 0, 0, 0, 0));
  }

  @Test
  void each_cited_passage_is_listed_once_with_its_place_and_link() {
    String footer =
        Footer.of(
            response(
                "How many days?",
                List.of(
                    citation(2, "b.pdf", ""),
                    citation(1, "hr/a.pdf", "p. 12"),
                    citation(1, "hr/a.pdf", "p. 12")),
                List.of()),
            BASE);

    assertThat(footer)
        .isEqualTo(
            "\n\n---\n**Sources**\n- [1] [hr/a.pdf, p. 12](http://kb:8650/documents/d_1/content#page=12)"
                + "\n- [2] [b.pdf](http://kb:8650/documents/d_1/content#page=12)");
  }

  @Test
  void a_chinese_question_has_its_sources_in_chinese_and_warnings_below() {
    String footer =
        Footer.of(
            response(
                "年假有几天？",
                List.of(citation(1, "员工手册.pdf", "p. 12")),
                List.of(new QueryResponse.Warning("indexing", "还有 3 个文件"))),
            BASE);

    assertThat(footer).startsWith("\n\n---\n**来源**\n- [1] [员工手册.pdf").endsWith("\n\n> 还有 3 个文件");
  }

  @Test
  void the_name_of_a_file_is_no_markup() {
    String footer =
        Footer.of(
            response("q", List.of(citation(1, "a](http://evil)\n![x](y)<b>*.pdf", "")), List.of()),
            BASE);

    assertThat(footer)
        .contains("- [1] [a\\](http://evil) !\\[x\\](y)\\<b\\>\\*.pdf](http://kb:8650/");
  }

  @Test
  void what_stands_under_an_answer_goes_when_it_comes_back_and_other_rules_stay() {
    String footer = Footer.of(response("q", List.of(citation(1, "a.pdf", "")), List.of()), BASE);

    assertThat(Footer.without("Fifteen [1]." + footer)).isEqualTo("Fifteen [1].");
    assertThat(Footer.without("A\n\n---\nB")).isEqualTo("A\n\n---\nB");
    assertThat(Footer.of(response("q", List.of(), List.of()), BASE)).isEmpty();
  }
}
