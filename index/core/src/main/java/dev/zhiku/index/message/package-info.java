/** Sentences for people, in every language that the product speaks, from bundles of properties. */
@NullMarked
package dev.zhiku.index.message;

import org.jspecify.annotations.NullMarked;
