/** The bundle for a machine without a network: its parts and how they are gathered. */
@NullMarked
package dev.zhiku.app.bundle;

import org.jspecify.annotations.NullMarked;
