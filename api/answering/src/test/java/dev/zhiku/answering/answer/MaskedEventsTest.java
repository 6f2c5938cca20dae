package dev.zhiku.answering.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.AnswerEvent.Text;
import dev.zhiku.answering.answer.AnswerEvent.Unsupported;
import dev.zhiku.answering.answer.AnswerEvent.Withdrawn;
import dev.zhiku.answering.masking.MaskedKind;
import dev.zhiku.answering.masking.Masking;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MaskedEventsTest {
  private final List<AnswerEvent> got = new ArrayList<>();
  private final Consumer<? super AnswerEvent> events =
      MaskedEvents.of(Masking.of(List.of(MaskedKind.PHONE)), got::add);

  private String text() {
    StringBuilder text = new StringBuilder();
    got.stream()
        .filter(Text.class::isInstance)
        .forEach(event -> text.append(((Text) event).text()));
    return text.toString();
  }

  @Test
  void a_number_in_two_pieces_goes_on_covered() {
    events.accept(new Text("请拨打 1381234"));
    events.accept(new Text("5678 联系他。"));
    events.accept(new Text("好的。"));

    assertThat(text()).startsWith("请拨打 ███████████ 联系他。");
  }

  @Test
  void the_place_of_a_mark_is_told_after_the_mark_itself_has_gone_on() {
    events.accept(new Text("Call 1381234"));
    events.accept(new Text("5678 [?]"));
    events.accept(new Unsupported(17));
    events.accept(new Text(" today, please."));

    int place = got.indexOf(new Unsupported(17));
    StringBuilder before = new StringBuilder();
    got.subList(0, place).forEach(event -> before.append(((Text) event).text()));
    assertThat(before.substring(17)).startsWith("[");
    assertThat(text().substring(17)).startsWith("[?]");
  }

  @Test
  void places_of_a_text_that_is_withdrawn_are_told_no_more() {
    events.accept(new Text("Call 138"));
    events.accept(new Unsupported(9));
    events.accept(new Withdrawn());
    events.accept(new Text("Nobody can be called here."));

    assertThat(got).contains(new Withdrawn()).doesNotContain(new Unsupported(9));
  }
}
