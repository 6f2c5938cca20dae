/** Files that are whole after a crash. */
@NullMarked
package dev.zhiku.index.file;

import org.jspecify.annotations.NullMarked;
