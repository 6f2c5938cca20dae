/** Pictures that clients send with a question, whose text joins it. */
@NullMarked
package dev.zhiku.server.pictures;

import org.jspecify.annotations.NullMarked;
