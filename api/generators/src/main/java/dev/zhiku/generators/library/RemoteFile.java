package dev.zhiku.generators.library;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.index.message.Phrase;
import java.net.URI;
import java.util.Optional;

/**
 * A file that is to be fetched.
 *
 * @param name for it in the folder
 * @param sha256 as far as it is known before the file's own address was asked
 * @param bytes likewise; 0 if nobody knows
 */
record RemoteFile(URI address, String name, Optional<String> sha256, long bytes) {

  /**
   * What an administrator named by its address.
   *
   * @throws Problem {@code value-out-of-range} if its last part is no name of a GGUF file
   */
  static RemoteFile at(URI address, Optional<String> sha256) {
    String path = Optional.ofNullable(address.getPath()).orElse("");
    String name = path.substring(path.lastIndexOf('/') + 1);
    return new RemoteFile(address, GgufFolder.checked(name), sha256, 0);
  }

  /** The same with what its hub says of it, which must not contradict what is known. */
  RemoteFile described(Optional<String> sum, long size) {
    if (sha256.isPresent() && sum.isPresent() && !sha256.equals(sum)) {
      throw new Problem(ProblemCode.CHECKSUM_MISMATCH, sha256.get(), sum.get());
    }
    return new RemoteFile(address, name, sha256.or(() -> sum), size > 0 ? size : bytes);
  }

  /**
   * @throws Problem {@code checksum-missing} if neither hub nor administrator named it
   */
  String requiredSha256() {
    return sha256.orElseThrow(() -> new Problem(ProblemCode.CHECKSUM_MISSING, name));
  }

  /** That it could not be had, and why. */
  Problem unavailable(Phrase why) {
    return new Problem(ProblemCode.MODEL_SOURCE_UNAVAILABLE, address.getHost(), why);
  }

  /** An address as it was typed; spaces and Chinese need not be encoded. */
  static URI address(String typed) {
    try {
      return URI.create(URI.create(typed.replace(" ", "%20")).toASCIIString());
    } catch (IllegalArgumentException e) {
      throw new Problem(ProblemCode.VALUE_OUT_OF_RANGE, "name", GeneratorText.of("rule.address"));
    }
  }
}
