package dev.zhiku.server.mcp;

/**
 * A tool that is a function.
 *
 * @param arguments those that it knows, by the components of a record
 */
record SimpleTool(String name, Class<? extends Record> arguments, Work work) implements Tool {
  /** What it does. */
  interface Work {
    ToolResult of(ToolCall call) throws InterruptedException;
  }

  @Override
  public ToolResult call(ToolCall call) throws InterruptedException {
    return work.of(call);
  }
}
