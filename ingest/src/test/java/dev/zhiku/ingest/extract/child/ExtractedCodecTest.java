package dev.zhiku.ingest.extract.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.Extracted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExtractedCodecTest {
  @Test
  void what_the_child_read_arrives_with_every_part() throws IOException {
    Place page = new Place(Kind.PAGE, Optional.of("a.zip/b.pdf"), Optional.empty(), 3, 3);
    Place cells = new Place(Kind.CELLS, Optional.empty(), Optional.of("价格"), 2, 4);
    List<Block> blocks = new ArrayList<>();
    for (Role role : Role.values()) {
      blocks.add(new Block.Paragraph("words 𠮷", page.labelled("xii"), role));
    }
    blocks.add(new Block.Heading(2, "3.1 Care", page.recognised(0)));
    blocks.add(new Block.Preformatted("a\n  b", page.labelled("A-1").recognised(87)));
    blocks.add(new Block.Row(List.of("Part", ""), List.of("X", "", "12"), cells));
    Extracted.Content given =
        new Extracted.Content(
            "application/pdf", blocks, 7, List.of(new Phrase("gap", "缺", "缺")), true);
    assertThat(ExtractedCodec.decode(ExtractedCodec.encode(given))).isEqualTo(given);
  }
}
