package dev.zhiku.answering.masking;

import java.util.Locale;

/** A kind of number or address that can be covered in what somebody is shown. */
public enum MaskedKind {
  /** Numbers of Chinese identity cards: of 18 characters with their check digit, or of 15. */
  ID_CARD,
  /** Chinese mobile and landline numbers, and any number with the code of a country. */
  PHONE,
  /** Numbers of 13 to 19 digits of payment cards, with their check digit. */
  BANK_CARD,
  /** Addresses of e-mail. */
  EMAIL;

  /** Name on the wire and in the configuration. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
