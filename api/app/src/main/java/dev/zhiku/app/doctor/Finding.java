package dev.zhiku.app.doctor;

import dev.zhiku.answering.problem.Phrase;
import java.util.Optional;

/**
 * Something that was looked at.
 *
 * @param what it is like
 * @param remedy what to do about it; empty where all is well
 */
public record Finding(Phrase what, Optional<Phrase> remedy) {
  static Finding fine(String english, String chinese) {
    return new Finding(new Phrase(english, chinese), Optional.empty());
  }

  static Finding trouble(Phrase what, String english, String chinese) {
    return new Finding(what, Optional.of(new Phrase(english, chinese)));
  }

  public boolean isTrouble() {
    return remedy.isPresent();
  }
}
