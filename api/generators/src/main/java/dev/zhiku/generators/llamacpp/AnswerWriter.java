package dev.zhiku.generators.llamacpp;

import dev.zhiku.ingest.child.StreamingLoop.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes answers in the child: reads the prompt part by part, then hands on token by token, and
 * looks between two of them whether anybody still waits. Thread-safe.
 */
final class AnswerWriter {
  private final LlamaEngine engine;
  private final PromptForm form;
  private final PromptPace pace;
  private final SlotTable slots;
  private final int contextTokens;

  AnswerWriter(LlamaEngine engine, PromptForm form, PromptPace pace, ModelOptions options) {
    this.engine = engine;
    this.form = form;
    this.pace = pace;
    this.slots = new SlotTable(options.slots());
    this.contextTokens = options.contextTokens();
  }

  /** Answers one request; returns without a last reply once nobody waits. */
  void write(ModelRequest.Generate request, Exchange exchange)
      throws IOException, InterruptedException {
    PromptForm.Written written = form.write(request.messages(), request.reasoning());
    int[] prompt = engine.prompt(written.text());
    int room = contextTokens - prompt.length;
    if (room < 1) {
      send(new ModelReply.TooLong(prompt.length, contextTokens), exchange);
      return;
    }
    Optional<SlotTable.Lease> free = slots.take(prompt, exchange::isCancelled);
    if (free.isEmpty()) {
      return;
    }
    try (SlotTable.Lease slot = free.get()) {
      send(new ModelReply.Begun(prompt.length, slot.read(), written.reasons()), exchange);
      if (read(prompt, slot, exchange)) {
        answer(prompt, slot, Math.min(room, request.maxTokens()), choice(request), exchange);
      }
    } catch (LlamaEngine.Failed e) {
      send(new ModelReply.Failed(e.what()), exchange);
    }
  }

  /**
   * Leaves the last part to the request that writes.
   *
   * @return whether anybody still waits
   */
  private boolean read(int[] prompt, SlotTable.Lease slot, Exchange exchange) {
    while (!exchange.isCancelled()) {
      int part = pace.part();
      if (prompt.length - slot.read() <= part) {
        return true;
      }
      int to = slot.read() + part;
      long begun = System.nanoTime();
      engine.read(prompt, to, slot.number());
      pace.took(part, Duration.ofNanos(System.nanoTime() - begun));
      slot.hasRead(to);
    }
    return false;
  }

  private String choice(ModelRequest.Generate request) {
    return TokenChoice.members(
        request.sampling(), form.kind() == TemplateKind.PLAIN ? PlainTemplate.STOP : "");
  }

  private void answer(
      int[] prompt, SlotTable.Lease slot, int maxTokens, String choice, Exchange exchange)
      throws IOException {
    int task = engine.write(prompt, slot.number(), maxTokens, choice);
    boolean stops = choice.contains(TokenChoice.STOP);
    WrittenTokens tokens = new WrittenTokens(engine::count, maxTokens, stops);
    while (true) {
      LlamaEngine.Output output = engine.next(task);
      slot.hasRead(prompt.length);
      if (!output.text().isEmpty()) {
        send(new ModelReply.Text(output.text()), exchange);
      }
      if (output.last()) {
        send(new ModelReply.Done(tokens.isCut(), tokens.count()), exchange);
        return;
      }
      tokens.add(output.text());
      if (exchange.isCancelled()) {
        engine.cancel(task);
        return;
      }
    }
  }

  private static void send(ModelReply reply, Exchange exchange) throws IOException {
    exchange.send(reply.encode());
  }
}
