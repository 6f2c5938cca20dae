package dev.zhiku.server.mcp;

import dev.zhiku.answering.search.Scope;
import dev.zhiku.server.http.ClientConnection;
import dev.zhiku.server.http.JsonFields;
import java.util.Locale;

/**
 * A call of a tool.
 *
 * @param scope who calls, and what they may see
 * @param locale of what people read
 * @param base address that links begin with
 * @param running where a run is entered, so that it can be stopped
 */
record ToolCall(
    JsonFields arguments,
    Scope scope,
    Locale locale,
    String base,
    ClientConnection connection,
    RunningCalls.Place running) {}
