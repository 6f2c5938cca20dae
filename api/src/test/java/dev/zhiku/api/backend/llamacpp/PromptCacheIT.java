package dev.zhiku.api.backend.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.api.answer.Sampling;
import dev.zhiku.api.backend.dialogue.Dialogue.Message;
import dev.zhiku.api.backend.dialogue.Dialogue.Role;
import dev.zhiku.ingest.child.ChildSettings;
import dev.zhiku.ingest.child.StreamingChild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a follow-up pays for, by what llama.cpp itself says that it has read. */
@Timeout(900)
class PromptCacheIT {
  private static final Duration PATIENT = Duration.ofMinutes(5);
  private static final Pattern READ =
      Pattern.compile("prompt eval time = +[0-9.]+ ms / +([0-9]+) tokens");
  private static final String LONG_QUESTION = "x".repeat(400);

  private final Path folder;

  PromptCacheIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void a_follow_up_reads_what_is_new_and_another_conversation_leaves_it_its_slot()
      throws Exception {
    Path model = TinyModels.speaking().write(folder.resolve("tiny.gguf"));
    List<Message> first = question(List.of(system()), "First " + LONG_QUESTION + "!");
    List<Message> other = question(List.of(system()), "Another " + LONG_QUESTION + "!");
    List<Message> followUp = question(answered(first), "And then!");
    List<Message> otherFollowUp = question(answered(other), "And then!");
    try (StreamingChild child = start(model)) {
      assertThat(remembered(child, first)).isZero();
      assertThat(remembered(child, other)).as("only what both begin with").isLessThan(60);

      int all = tokens(child, followUp);
      int known = remembered(child, followUp);
      assertThat(known).isGreaterThan(400);
      assertThat(all - known).isLessThan(40);
      assertThat(remembered(child, otherFollowUp)).isGreaterThan(400);

      List<Integer> read = read(child);
      assertThat(read.get(read.size() - 2)).as("read for the follow-up").isLessThan(40);
      assertThat(read.getLast()).as("read for the other one").isLessThan(40);
    }
  }

  private static Message system() {
    return new Message(Role.SYSTEM, "Answer from the passages alone.");
  }

  private static List<Message> question(List<Message> before, String text) {
    List<Message> messages = new ArrayList<>(before);
    messages.add(new Message(Role.USER, text));
    return messages;
  }

  private static List<Message> answered(List<Message> before) {
    List<Message> messages = new ArrayList<>(before);
    messages.add(new Message(Role.ASSISTANT, TinyModels.SHORT));
    return messages;
  }

  private StreamingChild start(Path model) throws Exception {
    ModelOptions options =
        new ModelOptions(
            model,
            2_000,
            2,
            CpuCores.forModel(),
            OptionalInt.of(TinyModel.BEGIN),
            TemplateKind.OWN,
            false);
    Path temporary = folder.resolve("child");
    StreamingChild child =
        StreamingChild.start(
            new ChildSettings(
                "model",
                ModelMain.class.getName(),
                options.arguments(),
                List.of(
                    "--enable-native-access=ALL-UNNAMED", "-Dde.kherud.llama.tmpdir=" + temporary),
                0,
                1,
                64L << 20,
                1 << 20,
                PATIENT,
                1,
                temporary));
    while (!(next(child.unasked()) instanceof ModelReply.Ready)) {
      assertThat(child.end()).isNotDone();
    }
    return child;
  }

  private static ModelReply next(StreamingChild.Call call) throws Exception {
    return ModelReply.decode(call.next(PATIENT).orElseThrow());
  }

  private static int remembered(StreamingChild child, List<Message> messages) throws Exception {
    return begun(child, messages).rememberedTokens();
  }

  private static int tokens(StreamingChild child, List<Message> messages) throws Exception {
    int sum = 1;
    for (Message message : messages) {
      try (StreamingChild.Call call = child.call(new ModelRequest.Count(message.text()).encode())) {
        sum += 1 + ((ModelReply.Counted) next(call)).tokens();
      }
    }
    return sum;
  }

  private static ModelReply.Begun begun(StreamingChild child, List<Message> messages)
      throws Exception {
    byte[] request = new ModelRequest.Generate(messages, false, 100, Sampling.DEFAULT).encode();
    try (StreamingChild.Call call = child.call(request)) {
      ModelReply.Begun begun = (ModelReply.Begun) next(call);
      ModelReply reply = next(call);
      while (reply instanceof ModelReply.Text) {
        reply = next(call);
      }
      assertThat(reply).isEqualTo(new ModelReply.Done(false, TinyModels.SHORT_TOKENS));
      return begun;
    }
  }

  /** Tokens of prompt that llama.cpp read, request by request. */
  private static List<Integer> read(StreamingChild child) throws Exception {
    ProcessHandle.of(child.pid()).orElseThrow().destroy();
    Matcher matcher = READ.matcher(child.end().get().toString());
    List<Integer> read = new ArrayList<>();
    while (matcher.find()) {
      read.add(Integer.parseInt(matcher.group(1)));
    }
    return read;
  }
}
