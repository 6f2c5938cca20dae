package dev.zhiku.generators.llamacpp;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.problem.Phrase;
import dev.zhiku.ingest.child.ChildOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a model in a file does not answer, and what helps. Pure. */
final class ModelTrouble {
  /** What llama.cpp writes to its log when it gives up a file. */
  private static final Pattern LOAD_ERROR =
      Pattern.compile("error loading model(?: [a-z]+)?: (.{1,300})");

  private ModelTrouble() {}

  static ChatException loading(Path file) {
    return new ChatException.Unreachable(
        new Phrase("The model " + name(file) + " is being loaded.", "正在加载模型 " + name(file) + "。"),
        null);
  }

  static ChatException missing(Path file) {
    return new ChatException.ModelMissing(
        new Phrase(
            "There is no model file "
                + file
                + ". Put a GGUF file there, or correct zhiku.generator.native.model-path; it is noticed"
                + " without a restart when it appears.",
            "找不到模型文件 "
                + file
                + "。请将 GGUF 文件放到该位置，或修改 zhiku.generator.native.model-path；文件出现后会自动加载，无需重启。"));
  }

  static ChatException notReadable(Path file, IOException why) {
    return new ChatException.Refused(
        new Phrase(
            "The model file "
                + file
                + " cannot be read ("
                + why.getClass().getSimpleName()
                + "). Let the account that runs Zhiku read it.",
            "无法读取模型文件 " + file + "（" + why.getClass().getSimpleName() + "）。请允许运行知库的账户读取该文件。"));
  }

  static ChatException malformed(Path file, GgufFile.Malformed why) {
    return why.isCut()
        ? broken(
            "The model file "
                + file
                + " is not whole: "
                + why.getMessage()
                + ". Its download or copy may still run, or broke off; it is tried again when the file"
                + " changes.",
            "模型文件 " + file + " 不完整（" + why.getMessage() + "）。可能仍在下载或复制，也可能已中断；文件变化后会自动重试。")
        : broken(
            "The file "
                + file
                + " is no GGUF model: "
                + why.getMessage()
                + ". Safetensors and PyTorch files do not work; take the GGUF file of a DeepSeek R1"
                + " distill.",
            "文件 "
                + file
                + " 不是 GGUF 模型（"
                + why.getMessage()
                + "）。不支持 safetensors 或 PyTorch 文件，请使用 DeepSeek R1 蒸馏模型的 GGUF 文件。");
  }

  /**
   * @param said by the library
   * @param log last lines of the process
   */
  static ChatException unusable(Path file, String said, String log) {
    Matcher reason = LOAD_ERROR.matcher(log);
    String why = reason.find() ? reason.group(1) : said;
    return broken(
        "llama.cpp cannot use the model "
            + name(file)
            + ": "
            + why
            + ". Is the file damaged, load it anew; is it of a newer kind than the built-in llama.cpp"
            + " (b4916), run it with the backend ollama or openai; is memory short, take a smaller model"
            + " or a smaller zhiku.generator.native.context-tokens.",
        "llama.cpp 无法使用模型 "
            + name(file)
            + "："
            + why
            + "。若文件损坏，请重新下载；若模型比内置 llama.cpp（b4916）更新，请改用 ollama 或 openai 后端；若内存不足，请换用更小的模型或减小"
            + " zhiku.generator.native.context-tokens。");
  }

  /**
   * @param said by the library
   * @param log last lines of the process
   */
  static ChatException noLibrary(String said, String log) {
    return (said + log).contains("libgomp")
        ? broken(
            "The native backend needs the library libgomp.so.1, which this machine does not have."
                + " Install it (Debian and Ubuntu: apt install libgomp1; Fedora and openEuler: dnf"
                + " install libgomp), or use the backend ollama or openai.",
            "native 后端需要库 libgomp.so.1，本机没有安装。请安装（Debian、Ubuntu：apt install"
                + " libgomp1；Fedora、openEuler：dnf install libgomp），或改用 ollama、openai 后端。")
        : broken(
            "llama.cpp cannot be loaded on this machine ("
                + shortened(said)
                + "). Use the backend ollama or openai.",
            "本机无法加载 llama.cpp（" + shortened(said) + "）。请改用 ollama 或 openai 后端。");
  }

  static ChatException notStarted(String why) {
    return broken(
        "The model's process could not be started: " + shortened(why) + ". It is tried again.",
        "模型进程无法启动：" + shortened(why) + "。稍后会自动重试。");
  }

  static ChatException ended(ChildOutcome outcome) {
    return outcome instanceof ChildOutcome.OutOfMemory
        ? broken(
            "The model's process ran out of memory and is being started again.", "模型进程内存不足，正在重新启动。")
        : broken(
            "The model's process ended unexpectedly and is being started again. If it goes on like"
                + " that, memory may be short or the model file damaged; the log has its last words.",
            "模型进程意外结束，正在重新启动。若反复出现，可能是内存不足或模型文件损坏，详见日志。");
  }

  static ChatException silent(Duration limit) {
    return broken(
        "The model's process gave no sign of life for "
            + limit.toSeconds()
            + " s and is being started again.",
        "模型进程 " + limit.toSeconds() + " 秒没有响应，正在重新启动。");
  }

  static ChatException failed(String why) {
    return broken("llama.cpp reported: " + shortened(why), "llama.cpp 报告错误：" + shortened(why));
  }

  static ChatException tooLong(int promptTokens, int contextTokens) {
    return new ChatException.PromptTooLong(
        new Phrase(
            "The prompt has "
                + promptTokens
                + " tokens and leaves no room for an answer in a context of "
                + contextTokens
                + ".",
            "提示词有 " + promptTokens + " 个词元，上下文共 " + contextTokens + " 个，没有留给回答的空间。"));
  }

  static ChatException senseless(@Nullable IOException why) {
    return new ChatException.Broken(
        new Phrase("The model's process said something senseless.", "模型进程返回了无法理解的内容。"), why);
  }

  private static ChatException broken(String english, String chinese) {
    return new ChatException.Broken(new Phrase(english, chinese), null);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String shortened(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
