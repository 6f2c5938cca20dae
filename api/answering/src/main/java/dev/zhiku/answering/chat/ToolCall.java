package dev.zhiku.answering.chat;

/**
 * A call of a tool that a model asks its client for.
 *
 * @param id by which the tool's reply names it
 * @param name of the tool
 * @param arguments as the model wrote them: JSON, unless the model went wrong
 */
public record ToolCall(String id, String name, String arguments) {}
