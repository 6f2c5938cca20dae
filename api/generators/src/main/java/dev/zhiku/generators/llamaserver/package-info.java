/** A model in a file behind llama.cpp's own server, which the service starts and stops. */
@NullMarked
package dev.zhiku.generators.llamaserver;

import org.jspecify.annotations.NullMarked;
