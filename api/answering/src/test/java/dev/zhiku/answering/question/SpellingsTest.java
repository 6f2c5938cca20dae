package dev.zhiku.answering.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.words.Words;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpellingsTest {
  @ParameterizedTest
  @CsvSource({
    "Wi-Fi, wifi",
    "wifi, Wi-Fi",
    "e-mails, email",
    "TR88, TR 88",
    "TR-88, TR 88",
    "KX 25, KX-25",
    "CVPR2022, CVPR 2022",
    "set-up, setup",
  })
  void what_only_one_spelling_has_is_not_missing(String asked, String written) {
    Set<String> words = Set.copyOf(Words.of(asked).terms());
    Set<String> known = held(words, written);

    assertThat(known).isNotEmpty();
    assertThat(Spellings.spelledOtherwise(words, known))
        .containsAll(words.stream().filter(word -> !known.contains(word)).toList());
  }

  @ParameterizedTest
  @CsvSource({"TR88, TR 880", "KX-25, KX-250", "wi-fi, fi"})
  void a_part_of_a_word_does_not_stand_for_it(String asked, String written) {
    Set<String> words = Set.copyOf(Words.of(asked).terms());

    assertThat(Spellings.spelledOtherwise(words, held(words, written))).isEmpty();
  }

  private static Set<String> held(Set<String> words, String written) {
    return words.stream()
        .filter(Words.of(written).terms()::contains)
        .collect(Collectors.toUnmodifiableSet());
  }
}
