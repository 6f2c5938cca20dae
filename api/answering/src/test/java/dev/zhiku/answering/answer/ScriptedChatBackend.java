package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.Handover.Ability;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.ToolCall;
import dev.zhiku.answering.chat.Turn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A generator that plays a script: pieces, waits, failures. Thread-safe. */
public final class ScriptedChatBackend implements ChatBackend {
  /** One step of the script. */
  public sealed interface Step {
    /** Hands a piece over. */
    record Say(Piece piece) implements Step {}

    /**
     * Hands over one text when it is asked first, the next when it is asked next; the last stays.
     */
    record SayInTurn(List<String> texts) implements Step {
      public SayInTurn {
        texts = List.copyOf(texts);
      }
    }

    /** Waits until the latch is down. */
    record Wait(CountDownLatch latch) implements Step {}

    /** Ends without an answer, the reasoning having used up its tokens. */
    record Exhaust() implements Step {}

    /** Says at the end that the prompt had so many tokens. */
    record CountPrompt(int tokens) implements Step {}

    /** Fails when it is asked for the first time. */
    record FailFirst(ChatException failure) implements Step {}

    /** Asks for calls of tools, and ends. */
    record Call(List<ToolCall> calls) implements Step {
      public Call {
        calls = List.copyOf(calls);
      }
    }

    /** Fails. */
    record Fail(ChatException failure) implements Step {}
  }

  private final List<Step> script;
  private final ModelDescription model;
  private final Set<Ability> abilities;
  private final List<Prompt> prompts = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  public ScriptedChatBackend(List<Step> script) {
    this(script, 8_192, 1);
  }

  public ScriptedChatBackend(List<Step> script, int contextTokens, int concurrency) {
    this(script, contextTokens, concurrency, Set.of(Ability.values()));
  }

  /** One that takes no more beside words than these. */
  public ScriptedChatBackend(
      List<Step> script, int contextTokens, int concurrency, Set<Ability> abilities) {
    this.abilities = Set.copyOf(abilities);
    this.script = List.copyOf(script);
    this.model =
        new ModelDescription("scripted", Optional.of("script-1"), contextTokens, concurrency, true);
  }

  /** Says these texts and stops. */
  public static ScriptedChatBackend saying(String... texts) {
    return new ScriptedChatBackend(
        List.of(texts).stream().<Step>map(text -> new Step.Say(new Piece.Text(text))).toList());
  }

  @Override
  public ModelDescription model() {
    return model;
  }

  @Override
  public Set<Ability> abilities() {
    return abilities;
  }

  @Override
  public Health health() {
    return new Health.Ready();
  }

  @Override
  public int countTokens(String text) {
    return text.codePointCount(0, text.length());
  }

  @Override
  public boolean countsReliably() {
    return true;
  }

  @Override
  public GenerationResult generate(Prompt prompt, Consumer<? super Piece> sink)
      throws InterruptedException {
    prompts.add(prompt);
    started.countDown();
    int tokens = 0;
    int counted = promptTokens(prompt);
    try {
      for (Step step : script) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted in the script");
        }
        switch (step) {
          case Step.Say say -> {
            sink.accept(say.piece());
            tokens += tokens(say.piece());
          }
          case Step.SayInTurn turns -> {
            int turn = Math.min(prompts.size(), turns.texts().size());
            Piece.Text piece = new Piece.Text(turns.texts().get(turn - 1));
            sink.accept(piece);
            tokens += tokens(piece);
          }
          case Step.Wait wait -> wait.latch().await();
          case Step.FailFirst first -> {
            if (prompts.size() == 1) {
              throw first.failure();
            }
          }
          case Step.Call call -> {
            return new GenerationResult(Finish.TOOL_CALLS, counted, tokens, call.calls());
          }
          case Step.Fail fail -> throw fail.failure();
          case Step.CountPrompt count -> counted = count.tokens();
          case Step.Exhaust end -> {
            return new GenerationResult(Finish.EXHAUSTED, counted, tokens);
          }
        }
      }
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
    return new GenerationResult(tokens == 0 ? Finish.DECLINED : Finish.STOP, counted, tokens);
  }

  private int promptTokens(Prompt prompt) {
    int tokens = countTokens(prompt.system()) + countTokens(prompt.question());
    for (Turn turn : prompt.history()) {
      tokens += countTokens(turn.content());
    }
    for (Prompt.Source source : prompt.passages()) {
      tokens += countTokens(source.label()) + countTokens(source.text()) + 20;
    }
    return tokens;
  }

  private int tokens(Piece piece) {
    return switch (piece) {
      case Piece.Text part -> countTokens(part.text());
      case Piece.Reasoning part -> countTokens(part.text());
      case Piece.Sorted sorted -> 0;
    };
  }

  /** What it was asked, in order. */
  public List<Prompt> prompts() {
    return List.copyOf(prompts);
  }

  /** Down once a generation has begun. */
  public CountDownLatch started() {
    return started;
  }

  /** Down once a generation was interrupted. */
  public CountDownLatch interrupted() {
    return interrupted;
  }

  @Override
  public void close() {}
}
