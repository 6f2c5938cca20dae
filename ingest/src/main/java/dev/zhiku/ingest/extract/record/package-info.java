/** Address cards and calendars, one record for each contact and event. */
@NullMarked
package dev.zhiku.ingest.extract.record;

import org.jspecify.annotations.NullMarked;
