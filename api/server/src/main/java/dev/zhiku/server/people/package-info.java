/** Routes for those who invite persons, and say who may see what. */
@NullMarked
package dev.zhiku.server.people;

import org.jspecify.annotations.NullMarked;
