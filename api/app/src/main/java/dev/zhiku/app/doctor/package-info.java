/** What this machine can carry, what is in the way, and which model suits it. */
@NullMarked
package dev.zhiku.app.doctor;

import org.jspecify.annotations.NullMarked;
