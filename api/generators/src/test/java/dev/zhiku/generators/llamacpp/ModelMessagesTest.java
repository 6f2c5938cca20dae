package dev.zhiku.generators.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.generators.dialogue.Dialogue.Message;
import dev.zhiku.generators.dialogue.Dialogue.Role;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelMessagesTest {
  @Test
  void requests_arrive_as_they_were_sent() throws Exception {
    for (ModelRequest request :
        List.of(
            new ModelRequest.Generate(
                List.of(new Message(Role.SYSTEM, "s"), new Message(Role.USER, "问题 🎉")),
                true,
                77,
                Sampling.DEFAULT),
            new ModelRequest.Generate(
                List.of(new Message(Role.USER, "?")),
                false,
                1,
                new Sampling(
                    Optional.of(0.0),
                    Optional.of(1e-5),
                    Optional.of(-2.0),
                    Optional.of(2.0),
                    Optional.of(-7),
                    List.of("\n", "停"))),
            new ModelRequest.Count("a\u0000b"))) {
      assertThat(ModelRequest.decode(request.encode())).isEqualTo(request);
    }
  }

  @Test
  void replies_arrive_as_they_were_sent() throws Exception {
    for (ModelReply reply :
        List.of(
            new ModelReply.Trying(),
            new ModelReply.Ready(TemplateKind.PLAIN, 12),
            new ModelReply.Unusable(true, "没有"),
            new ModelReply.Begun(3, 2, true),
            new ModelReply.Text("🎉"),
            new ModelReply.Done(true, 9),
            new ModelReply.TooLong(10, 9),
            new ModelReply.Failed("why"),
            new ModelReply.Counted(5))) {
      assertThat(ModelReply.decode(reply.encode())).isEqualTo(reply);
    }
  }

  @Test
  void what_is_none_is_refused() {
    byte[] unknown = {0, 0, 0, 99};
    assertThatThrownBy(() -> ModelRequest.decode(unknown)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ModelReply.decode(unknown)).isInstanceOf(IOException.class);
  }
}
