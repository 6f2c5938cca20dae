/** How well the product finds what it should: labelled collections through its own pipeline. */
@NullMarked
package dev.zhiku.api.evaluation;

import org.jspecify.annotations.NullMarked;
