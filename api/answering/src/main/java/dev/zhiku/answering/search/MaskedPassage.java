package dev.zhiku.answering.search;

import dev.zhiku.answering.masking.Masking;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.TextBlock;
import java.util.List;

/** A passage and its document with what an asker is not to see covered, wherever it stands. */
record MaskedPassage(Masking masking) {
  Passage of(Passage passage) {
    return new Passage(
        passage.id(),
        masking.mask(passage.text()),
        of(passage.location()),
        passage.blocks().stream().map(this::of).toList());
  }

  DocumentMeta of(DocumentMeta document) {
    return new DocumentMeta(
        document.id(),
        document.source(),
        masking.mask(document.path()),
        document.mediaType(),
        document.size(),
        document.modifiedAt(),
        document.sha256(),
        document.fingerprint(),
        document.labels());
  }

  private Location of(Location location) {
    return new Location(
        location.kind(),
        of(location.heading()),
        masking.mask(location.entry()),
        location.start(),
        location.end(),
        location.cells());
  }

  private TextBlock of(TextBlock block) {
    return new TextBlock(
        block.kind(),
        block.start(),
        block.end(),
        of(block.heading()),
        masking.mask(block.lead()),
        block.cells().stream().map(this::of).toList(),
        block.language(),
        block.origin());
  }

  private TextBlock.Cell of(TextBlock.Cell cell) {
    return new TextBlock.Cell(masking.mask(cell.column()), cell.start(), cell.end());
  }

  private List<String> of(List<String> texts) {
    return texts.stream().map(masking::mask).toList();
  }
}
