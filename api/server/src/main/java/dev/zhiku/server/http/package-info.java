/** What every request passes: errors as problem+json, headers, hosts and origins, health. */
@NullMarked
package dev.zhiku.server.http;

import org.jspecify.annotations.NullMarked;
