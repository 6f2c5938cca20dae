package dev.zhiku.server.conversations.web;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.server.conversations.KeptTurn.Rating;
import dev.zhiku.server.conversations.web.TurnView.RatingView;
import dev.zhiku.server.http.ServerText;
import java.util.Optional;

/** Ratings as they come over the wire. Pure. */
final class Ratings {
  private Ratings() {}

  /**
   * @throws Problem if it is neither up nor down nor null, or its comment is too long
   */
  static Optional<Rating> of(RatingView said) {
    String comment = Optional.ofNullable(said.comment()).orElse("").strip();
    if (comment.length() > Rating.MAX_COMMENT) {
      throw new Problem(
          ProblemCode.VALUE_OUT_OF_RANGE,
          "comment",
          ServerText.of("rule.characters", Rating.MAX_COMMENT));
    }
    return Optional.ofNullable(said.rating())
        .map(
            name ->
                switch (name) {
                  case RatingView.UP -> new Rating(true, comment);
                  case RatingView.DOWN -> new Rating(false, comment);
                  default ->
                      throw new Problem(
                          ProblemCode.VALUE_OUT_OF_RANGE, "rating", ServerText.of("rule.rating"));
                });
  }
}
