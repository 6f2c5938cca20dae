package dev.zhiku.server.openai;

import dev.zhiku.answering.answer.Question.Mode;
import dev.zhiku.index.Filter;

/** What a client chose by the name of a model. */
public sealed interface ModelName {
  /** Name of {@link AllSources}. */
  String ALL = "zhiku";

  /** What the name of a source follows. */
  String PREFIX = ALL + "/";

  /** Name of {@link ChatOnly}. */
  String CHAT = "zhiku-chat";

  /** As clients write it. */
  String id();

  /** Which documents are asked. */
  Filter filter();

  /** Whether documents are asked at all. */
  default Mode mode() {
    return Mode.ANSWER;
  }

  /** The documents of all sources. */
  record AllSources() implements ModelName {
    @Override
    public String id() {
      return ALL;
    }

    @Override
    public Filter filter() {
      return new Filter.All();
    }
  }

  /** The documents of one source. */
  record OneSource(String name) implements ModelName {
    @Override
    public String id() {
      return PREFIX + name;
    }

    @Override
    public Filter filter() {
      return new Filter.Source(name);
    }
  }

  /** The language model alone. */
  record ChatOnly() implements ModelName {
    @Override
    public String id() {
      return CHAT;
    }

    @Override
    public Filter filter() {
      return new Filter.All();
    }

    @Override
    public Mode mode() {
      return Mode.CHAT;
    }
  }
}
