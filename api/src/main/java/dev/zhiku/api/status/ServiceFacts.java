package dev.zhiku.api.status;

/**
 * What does not change while the service runs.
 *
 * @param version of the service
 * @param generation name of the index generation that was opened, such as {@code gen-000001}
 */
public record ServiceFacts(String version, String generation) {}
