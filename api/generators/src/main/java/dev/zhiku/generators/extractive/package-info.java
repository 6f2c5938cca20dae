/** The built-in generator: quotes the sentences that answer best, without a language model. */
@NullMarked
package dev.zhiku.generators.extractive;

import org.jspecify.annotations.NullMarked;
