/** The only package that makes outbound clients: configured addresses, no redirects, no proxy. */
@NullMarked
package dev.zhiku.generators.egress;

import org.jspecify.annotations.NullMarked;
