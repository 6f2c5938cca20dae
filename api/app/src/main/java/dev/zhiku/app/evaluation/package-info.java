/** How well the service finds and answers, measured by questions whose answers are known. */
@NullMarked
package dev.zhiku.app.evaluation;

import org.jspecify.annotations.NullMarked;
