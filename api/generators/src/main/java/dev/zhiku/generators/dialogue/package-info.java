/** What every language model shares: how a prompt reads, how its pieces are sorted and counted. */
@NullMarked
package dev.zhiku.generators.dialogue;

import org.jspecify.annotations.NullMarked;
