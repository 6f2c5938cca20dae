package dev.zhiku.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextBlock.Cell;
import dev.zhiku.index.TextBlock.Kind;
import dev.zhiku.index.TextBlock.Origin;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.index.testing.RandomBlocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

class TextBlockCodecTest {
  private static final long SEED = Long.getLong("zhiku.test.seed", 20_261_129L);

  @Test
  void blocks_come_back_as_they_were_written() throws IOException {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      List<TextBlock> blocks = RandomBlocks.in(1 + random.nextInt(2_000), random);
      assertThat(TextBlockCodec.decode(TextBlockCodec.encode(blocks))).isEqualTo(blocks);
    }
  }

  @Test
  void twenty_rows_of_a_price_list_take_less_than_twenty_bytes_each() throws IOException {
    List<TextBlock> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int start = 60 * i;
      rows.add(
          new TextBlock(
              Kind.ROW,
              start,
              start + 58,
              List.of("Prices", "Pumps of the year"),
              Optional.empty(),
              List.of(
                  new Cell("Part", start + 6, start + 20),
                  new Cell("Price", start + 40, start + 58)),
              Language.ENGLISH,
              new Origin(i + 2, i + 2, Optional.empty(), OptionalInt.empty())));
    }
    assertThat(TextBlockCodec.encode(rows).length).isLessThan(20 * 20);
  }

  @Test
  void what_a_later_version_wrote_is_not_guessed_at() throws IOException {
    BytesRef bytes = TextBlockCodec.encode(RandomBlocks.in(100, new Random(1)));
    bytes.bytes[bytes.offset]++;
    assertThat(TextBlockCodec.decode(bytes)).isEmpty();
  }

  @Test
  void bytes_that_break_off_are_damage() throws IOException {
    BytesRef bytes = TextBlockCodec.encode(RandomBlocks.in(100, new Random(1)));
    for (int length = 1; length < bytes.length; length++) {
      BytesRef cut = new BytesRef(bytes.bytes, bytes.offset, length);
      assertThatExceptionOfType(CorruptIndexException.class)
          .isThrownBy(() -> TextBlockCodec.decode(BytesRef.deepCopyOf(cut)));
    }
  }
}
