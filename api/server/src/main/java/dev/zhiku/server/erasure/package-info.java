/** The deletion of a document to its last word, and the proof of it. */
@NullMarked
package dev.zhiku.server.erasure;

import org.jspecify.annotations.NullMarked;
