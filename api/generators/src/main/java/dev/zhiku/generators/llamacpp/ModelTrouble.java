package dev.zhiku.generators.llamacpp;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.child.ChildOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a model in a file does not answer, and what helps. Pure. */
final class ModelTrouble {
  /** Line that llama.cpp writes to its log when it gives up a file. */
  private static final Pattern LOAD_ERROR =
      Pattern.compile("error loading model(?: [a-z]+)?: (.{1,300})");

  private ModelTrouble() {}

  static ChatException loading(Path file) {
    return new ChatException.Unreachable(GeneratorText.of("native.loading", name(file)), null);
  }

  static ChatException missing(Path file) {
    return new ChatException.ModelMissing(GeneratorText.of("native.missing", file));
  }

  static ChatException notReadable(Path file, IOException why) {
    return new ChatException.Refused(
        GeneratorText.of("native.not-readable", file, why.getClass().getSimpleName()));
  }

  static ChatException malformed(Path file, GgufFile.Malformed why) {
    return why.isCut()
        ? broken(GeneratorText.of("native.not-whole", file, why.getMessage()))
        : broken(GeneratorText.of("native.no-gguf", file, why.getMessage()));
  }

  /**
   * @param said by the library
   * @param log last lines of the process
   */
  static ChatException unusable(Path file, String said, String log) {
    Matcher reason = LOAD_ERROR.matcher(log);
    String why = reason.find() ? reason.group(1) : said;
    return broken(GeneratorText.of("native.unusable", name(file), why));
  }

  /**
   * @param said by the library
   * @param log last lines of the process
   */
  static ChatException noLibrary(String said, String log) {
    return (said + log).contains("libgomp")
        ? broken(GeneratorText.of("native.no-libgomp"))
        : broken(GeneratorText.of("native.cannot-load", shortened(said)));
  }

  static ChatException notStarted(String why) {
    return broken(GeneratorText.of("native.not-started", shortened(why)));
  }

  static ChatException ended(ChildOutcome outcome) {
    return outcome instanceof ChildOutcome.OutOfMemory
        ? broken(GeneratorText.of("native.out-of-memory"))
        : broken(GeneratorText.of("native.ended"));
  }

  static ChatException silent(Duration limit) {
    return broken(GeneratorText.of("native.silent", limit.toSeconds()));
  }

  static ChatException failed(String why) {
    return broken(GeneratorText.of("native.reported", shortened(why)));
  }

  static ChatException tooLong(int promptTokens, int contextTokens) {
    return new ChatException.PromptTooLong(
        GeneratorText.of("native.prompt-too-long", promptTokens, contextTokens));
  }

  static ChatException senseless(@Nullable IOException why) {
    return new ChatException.Broken(GeneratorText.of("native.unreadable-reply"), why);
  }

  private static ChatException broken(Phrase what) {
    return new ChatException.Broken(what, null);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String shortened(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
