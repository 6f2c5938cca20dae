/**
 * What Open WebUI reads and sends beside OpenAI's protocol: events for its own citations and status
 * lines, and its template that puts files before the question.
 */
@NullMarked
package dev.zhiku.server.openai.webui;

import org.jspecify.annotations.NullMarked;
