/** The cover over responses. */
@NullMarked
package dev.zhiku.server.masking.web;

import org.jspecify.annotations.NullMarked;
