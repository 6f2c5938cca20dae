/** How well the product finds what it should: labelled collections through its own pipeline. */
@NullMarked
package dev.zhiku.app.evaluation;

import org.jspecify.annotations.NullMarked;
