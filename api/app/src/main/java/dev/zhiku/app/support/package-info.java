/** What helps to see what is wrong, without anything that users wrote or named. */
@NullMarked
package dev.zhiku.app.support;

import org.jspecify.annotations.NullMarked;
