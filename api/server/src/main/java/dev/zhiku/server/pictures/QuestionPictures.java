package dev.zhiku.server.pictures;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.ServerText;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the pictures of questions, of one client one question's at a time and of a few in all: text
 * recognition takes a core for seconds. Nothing is fetched from anywhere. Thread-safe.
 */
@Singleton
public final class QuestionPictures {
  /** Most pictures of one question. */
  public static final int MOST = 4;

  /** Largest picture, in bytes of its file. */
  public static final int MAX_BYTES = 5 << 20;

  /** Most questions whose pictures are read or wait for it at once. */
  public static final int MOST_AT_ONCE = 8;

  private static final String SCHEME = "data:";
  private static final String ENCODED = ";base64,";

  private final PictureText text;
  private final Set<String> reading = new HashSet<>();

  QuestionPictures(PictureText text) {
    this.text = text;
  }

  /**
   * The text of each of these pictures.
   *
   * @param addresses {@code data:} URLs with their bytes in base64
   * @param where they stand in the request
   * @param client address of the asker
   * @throws Problem {@code value-out-of-range} by the place where one cannot be read, {@code
   *     too-many-requests} or {@code queue-full} where others are being read
   */
  public List<String> read(List<String> addresses, String where, String client)
      throws InterruptedException {
    if (addresses.size() > MOST) {
      throw refusal(where, ServerText.of("rule.pictures", MOST));
    }
    List<byte[]> pictures = addresses.stream().map(address -> bytes(address, where)).toList();
    if (!text.isThere()) {
      throw refusal(where, ServerText.of("rule.no-pictures"));
    }
    take(client);
    try {
      List<String> texts = new ArrayList<>();
      for (byte[] picture : pictures) {
        texts.add(
            text.read(picture)
                .orElseThrow(() -> refusal(where, ServerText.of("rule.picture-with-text"))));
      }
      return texts;
    } finally {
      giveBack(client);
    }
  }

  private synchronized void take(String client) {
    if (reading.size() >= MOST_AT_ONCE) {
      throw new Problem(ProblemCode.QUEUE_FULL);
    }
    if (!reading.add(client)) {
      throw new Problem(ProblemCode.TOO_MANY_REQUESTS);
    }
  }

  private synchronized void giveBack(String client) {
    reading.remove(client);
  }

  private static byte[] bytes(String address, String where) {
    int encoded = address.indexOf(ENCODED);
    if (!address.startsWith(SCHEME) || encoded < 0) {
      throw refusal(where, ServerText.of("rule.picture-address"));
    }
    String base64 = address.substring(encoded + ENCODED.length());
    if (base64.length() / 4L * 3 > MAX_BYTES) {
      throw refusal(where, ServerText.of("rule.picture-size", MAX_BYTES >> 20));
    }
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw refusal(where, ServerText.of("rule.picture-address"));
    }
  }

  private static Problem refusal(String where, Phrase rule) {
    return new Problem(ProblemCode.VALUE_OUT_OF_RANGE, where, rule);
  }
}
