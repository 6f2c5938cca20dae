/** Words that mean the same and words of a dictionary: those that ship and an administrator's. */
@NullMarked
package dev.zhiku.answering.lexicon;

import org.jspecify.annotations.NullMarked;
