/** The archives and the package that Zhiku is handed out as, built from what the modules made. */
@NullMarked
package dev.zhiku.dist;

import org.jspecify.annotations.NullMarked;
