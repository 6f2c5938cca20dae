/** Language models for administrators: what there is, fetching it, choosing who writes. */
@NullMarked
package dev.zhiku.api.models;

import org.jspecify.annotations.NullMarked;
