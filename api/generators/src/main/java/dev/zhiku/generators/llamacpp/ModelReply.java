package dev.zhiku.generators.llamacpp;

import java.io.IOException;

/** What the child says: of itself while it loads, then in answer to requests. */
sealed interface ModelReply {
  /** Unasked: the model's own template is being tried, which may end the process. */
  record Trying() implements ModelReply {}

  /**
   * Unasked, once: requests are answered from now on.
   *
   * @param template that is used
   * @param promptTokensPerSecond as measured just now
   */
  record Ready(TemplateKind template, int promptTokensPerSecond) implements ModelReply {}

  /**
   * Unasked, and the last that is said: the model cannot be used.
   *
   * @param library whether llama.cpp itself could not be loaded
   * @param detail for the administrator
   */
  record Unusable(boolean library, String detail) implements ModelReply {}

  /**
   * The prompt is complete and being read.
   *
   * @param promptTokens all of it
   * @param rememberedTokens of its beginning that need not be read again
   * @param reasons whether the model begins with reasoning that no tag opens
   */
  record Begun(int promptTokens, int rememberedTokens, boolean reasons) implements ModelReply {}

  /** The next characters; never empty. */
  record Text(String text) implements ModelReply {}

  /**
   * The answer is complete.
   *
   * @param cut whether a limit ended it
   * @param tokens written
   */
  record Done(boolean cut, int tokens) implements ModelReply {}

  /** Nothing was written: the prompt leaves no room for an answer. */
  record TooLong(int promptTokens, int contextTokens) implements ModelReply {}

  /** Nothing more is written. */
  record Failed(String detail) implements ModelReply {}

  /** The answer to {@link ModelRequest.Count}. */
  record Counted(int tokens) implements ModelReply {}

  default byte[] encode() {
    return WireWriter.bytes(
        out -> {
          switch (this) {
            case Trying trying -> out.number(0);
            case Ready ready -> {
              out.number(1);
              out.text(ready.template().name());
              out.number(ready.promptTokensPerSecond());
            }
            case Unusable unusable -> {
              out.number(2);
              out.flag(unusable.library());
              out.text(unusable.detail());
            }
            case Begun begun -> {
              out.number(3);
              out.number(begun.promptTokens());
              out.number(begun.rememberedTokens());
              out.flag(begun.reasons());
            }
            case Text text -> {
              out.number(4);
              out.text(text.text());
            }
            case Done done -> {
              out.number(5);
              out.flag(done.cut());
              out.number(done.tokens());
            }
            case TooLong tooLong -> {
              out.number(6);
              out.number(tooLong.promptTokens());
              out.number(tooLong.contextTokens());
            }
            case Failed failed -> {
              out.number(7);
              out.text(failed.detail());
            }
            case Counted counted -> {
              out.number(8);
              out.number(counted.tokens());
            }
          }
        });
  }

  /**
   * @throws IOException if these bytes were not made by {@link #encode}
   */
  static ModelReply decode(byte[] bytes) throws IOException {
    WireReader in = new WireReader(bytes);
    return switch (in.number()) {
      case 0 -> new Trying();
      case 1 -> {
        TemplateKind template = TemplateKind.valueOf(in.text());
        yield new Ready(template, in.number());
      }
      case 2 -> {
        boolean library = in.flag();
        yield new Unusable(library, in.text());
      }
      case 3 -> {
        int prompt = in.number();
        int remembered = in.number();
        yield new Begun(prompt, remembered, in.flag());
      }
      case 4 -> new Text(in.text());
      case 5 -> {
        boolean cut = in.flag();
        yield new Done(cut, in.number());
      }
      case 6 -> {
        int prompt = in.number();
        yield new TooLong(prompt, in.number());
      }
      case 7 -> new Failed(in.text());
      case 8 -> new Counted(in.number());
      default -> throw new IOException("no such reply");
    };
  }
}
