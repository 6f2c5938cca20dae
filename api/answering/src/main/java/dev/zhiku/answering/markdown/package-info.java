/** Text that can be shown anywhere: Markdown in which nothing acts, and characters that show. */
@NullMarked
package dev.zhiku.answering.markdown;

import org.jspecify.annotations.NullMarked;
