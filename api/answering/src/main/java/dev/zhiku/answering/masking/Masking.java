package dev.zhiku.answering.masking;

import java.util.BitSet;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The cover over what an asker may not see. A covered text is as long as it was, in characters and
 * in bytes of UTF-16, so that places in it stay where they are; covering it once more changes
 * nothing. Immutable; equal by value.
 *
 * @param kinds what is covered
 */
public record Masking(Set<MaskedKind> kinds) {
  /** Nothing is covered. */
  public static final Masking NONE = new Masking(Set.of());

  /** Stands in place of each letter and digit that is covered. */
  public static final char COVER = '█';

  /** Stands in place of one that takes two bytes more. */
  private static final int WIDE_COVER = 0x1F7E8;

  public Masking {
    kinds = Set.copyOf(kinds);
  }

  /** Covers these kinds. */
  public static Masking of(Collection<MaskedKind> kinds) {
    return kinds.isEmpty() ? NONE : new Masking(EnumSet.copyOf(kinds));
  }

  /** Whether anything is covered. */
  public boolean isOn() {
    return !kinds.isEmpty();
  }

  /** The text with what is not to be seen covered; the same object if there is nothing of it. */
  public String mask(String text) {
    return isOn() ? masked(PlainText.of(text)) : text;
  }

  /** As {@link #mask(String)}. */
  public Optional<String> mask(Optional<String> text) {
    return text.map(this::mask);
  }

  String masked(PlainText plain) {
    BitSet hidden = new BitSet(plain.length());
    if (kinds.contains(MaskedKind.EMAIL)) {
      MailAddresses.find(plain, hidden);
    }
    PersonalNumbers.find(plain, kinds, hidden);
    return hidden.isEmpty() ? plain.original() : covered(plain, hidden);
  }

  private static String covered(PlainText plain, BitSet hidden) {
    StringBuilder text = new StringBuilder(plain.original());
    hidden.stream()
        .forEach(
            place -> {
              int at = plain.at(place);
              int character = plain.original().codePointAt(at);
              if (!Character.isLetterOrDigit(character) && !plain.isDigit(place)) {
                return;
              }
              if (Character.charCount(character) == 1) {
                text.setCharAt(at, COVER);
              } else {
                text.replace(at, at + 2, Character.toString(WIDE_COVER));
              }
            });
    return text.toString();
  }
}
