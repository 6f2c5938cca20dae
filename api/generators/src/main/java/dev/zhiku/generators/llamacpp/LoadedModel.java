package dev.zhiku.generators.llamacpp;

import dev.zhiku.ingest.child.StreamingChild;

/**
 * A model that answers, in its process.
 *
 * @param process open as long as the model is loaded; its owner closes it
 * @param control what has power in this model's prompts
 * @param architecture such as {@code qwen2}
 * @param contextTokens of one answer, prompt included
 */
record LoadedModel(
    StreamingChild process, ControlTokens control, String architecture, int contextTokens) {}
