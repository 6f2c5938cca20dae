/** Sources while the service runs: shown, added, held, resumed and removed by administrators. */
@NullMarked
package dev.zhiku.server.sources;

import org.jspecify.annotations.NullMarked;
