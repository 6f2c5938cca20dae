package dev.zhiku.answering.masking;

/**
 * A text that comes in pieces and goes on covered: what may still turn out to be the beginning of
 * something to cover is held back until it is known. All that goes on is together what covering the
 * whole text gives. Used by one thread.
 */
public final class MaskedPieces {
  /** Characters of the text gone on that are kept, to judge what follows by. */
  private static final int KEPT = 512;

  private final Masking masking;
  private final StringBuilder text = new StringBuilder();
  private int gone;

  public MaskedPieces(Masking masking) {
    this.masking = masking;
  }

  /** Takes the next piece and gives what can go on of all so far; perhaps nothing. */
  public String add(String piece) {
    text.append(piece);
    PlainText plain = PlainText.of(text.toString());
    return go(plain, Math.max(gone, settled(plain)));
  }

  /** Gives what was held back: nothing follows. */
  public String end() {
    PlainText plain = PlainText.of(text.toString());
    return go(plain, text.length());
  }

  /** Forgets all pieces so far. */
  public void clear() {
    text.setLength(0);
    gone = 0;
  }

  private String go(PlainText plain, int until) {
    String masked = masking.masked(plain).substring(gone, until);
    gone = until;
    if (gone > 2 * KEPT) {
      int cut = text.offsetByCodePoints(gone, -KEPT);
      text.delete(0, cut);
      gone -= cut;
    }
    return masked;
  }

  /** Up to where nothing that may follow changes what is covered. */
  private static int settled(PlainText plain) {
    int begun = Math.min(MailAddresses.begun(plain.text()), PersonalNumbers.begun(plain.text()));
    int at = plain.at(begun);
    boolean cut =
        at == plain.original().length()
            && at > 0
            && Character.isHighSurrogate(plain.original().charAt(at - 1));
    return cut ? at - 1 : at;
  }
}
