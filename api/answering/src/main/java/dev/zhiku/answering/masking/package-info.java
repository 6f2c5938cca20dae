/** Numbers and addresses of persons, found in text and covered. Knows nothing of questions. */
@NullMarked
package dev.zhiku.answering.masking;

import org.jspecify.annotations.NullMarked;
