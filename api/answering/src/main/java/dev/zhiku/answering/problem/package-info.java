/** Refusals with a stable code, a detail and a remedy in Chinese and English. */
@NullMarked
package dev.zhiku.answering.problem;

import org.jspecify.annotations.NullMarked;
