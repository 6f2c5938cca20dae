package dev.zhiku.server.mcp;

/** Something that an agent can have done. Thread-safe. */
interface Tool {
  /** As clients call it; {@code tools.json} describes it under this name. */
  String name();

  /** The arguments that it knows, by the components of a record. */
  Class<? extends Record> arguments();

  /**
   * Does it.
   *
   * @throws RuntimeException that is told to the agent with its remedy
   */
  ToolResult call(ToolCall call) throws InterruptedException;
}
