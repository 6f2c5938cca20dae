/** {@code /models}: the library of language models over HTTP, for administrators. */
@NullMarked
package dev.zhiku.api.models;

import org.jspecify.annotations.NullMarked;
