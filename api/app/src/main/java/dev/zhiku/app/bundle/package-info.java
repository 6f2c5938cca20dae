/** What a machine without a network needs, gathered on one that has it. */
@NullMarked
package dev.zhiku.app.bundle;

import org.jspecify.annotations.NullMarked;
