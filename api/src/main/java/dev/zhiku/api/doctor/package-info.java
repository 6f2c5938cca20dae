/** What this machine can carry, what is in the way, and which model suits it. */
@NullMarked
package dev.zhiku.api.doctor;

import org.jspecify.annotations.NullMarked;
