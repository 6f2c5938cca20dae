/** Contracts, fakes and fixtures of this module, for its own tests and those of others. */
@NullMarked
package dev.zhiku.ingest.testing;

import org.jspecify.annotations.NullMarked;
