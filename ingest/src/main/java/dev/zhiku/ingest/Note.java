package dev.zhiku.ingest;

/**
 * A gap in a file that is indexed all the same.
 *
 * @param english a plain sentence
 * @param chinese the same
 */
public record Note(String english, String chinese) {}
