/** {@code /models}: the library of language models over HTTP, for administrators. */
@NullMarked
package dev.zhiku.server.models;

import org.jspecify.annotations.NullMarked;
