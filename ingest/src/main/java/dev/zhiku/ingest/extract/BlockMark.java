package dev.zhiku.ingest.extract;

import dev.zhiku.ingest.extract.Block.Role;

/**
 * A note to ourselves at the beginning of a paragraph of a rewritten document: that it is an item
 * whose marker stands in it, which the parsers in between do not tell. It is written in a character
 * that no text may hold.
 */
public final class BlockMark {
  /** The mark of an item of a list. */
  public static final String ITEM = "\uFDD2";

  /** The mark before the name of a sheet. */
  public static final String SHEET = "\uFDD3";

  /** The mark at the beginning of a slide. */
  public static final String SLIDE = "\uFDD4";

  /** The mark before the notes of a slide. */
  public static final String NOTES = "\uFDD5";

  private BlockMark() {}

  /** The role that the mark in a text tells, or the one given. */
  public static Role role(String text, Role otherwise) {
    return text.contains(ITEM) ? Role.LIST_ITEM : otherwise;
  }

  /** The text without marks. */
  public static String without(String text) {
    return text.replace(ITEM, "");
  }
}
