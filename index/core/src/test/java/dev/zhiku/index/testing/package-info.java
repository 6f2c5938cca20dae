/** Contracts, fakes and builders for tests, here and in the modules above. */
@NullMarked
package dev.zhiku.index.testing;

import org.jspecify.annotations.NullMarked;
