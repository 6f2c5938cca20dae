package dev.zhiku.app.doctor;

import dev.zhiku.answering.problem.Phrase;
import java.util.Optional;

/**
 * Something that was looked at.
 *
 * @param what it is like
 * @param remedy what to do about it; empty where all is well
 */
public record Diagnosis(Phrase what, Optional<Phrase> remedy) {
  static Diagnosis fine(String english, String chinese) {
    return new Diagnosis(new Phrase(english, chinese), Optional.empty());
  }

  static Diagnosis trouble(Phrase what, String english, String chinese) {
    return new Diagnosis(what, Optional.of(new Phrase(english, chinese)));
  }

  public boolean isTrouble() {
    return remedy.isPresent();
  }
}
