package dev.zhiku.app.doctor;

import dev.zhiku.index.message.Phrase;
import java.util.Optional;

/**
 * Something that was looked at.
 *
 * @param what it is like
 * @param remedy what to do about it; empty where all is well
 */
public record Diagnosis(Phrase what, Optional<Phrase> remedy) {
  static Diagnosis fine(Phrase what) {
    return new Diagnosis(what, Optional.empty());
  }

  static Diagnosis trouble(Phrase what, Phrase remedy) {
    return new Diagnosis(what, Optional.of(remedy));
  }

  public boolean isTrouble() {
    return remedy.isPresent();
  }
}
