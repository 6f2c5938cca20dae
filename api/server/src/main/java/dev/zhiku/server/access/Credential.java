package dev.zhiku.server.access;

import dev.zhiku.server.identity.Role;

/** What somebody signed in with, as a session remembers it. */
sealed interface Credential {
  /**
   * One of the two keys that several share.
   *
   * @param device id of the browser's profile, which is the principal instead of the key
   */
  record Shared(Role role, String device) implements Credential {}

  /**
   * A key of its own.
   *
   * @param secretId the public part of the secret that was shown
   */
  record Named(String secretId) implements Credential {}
}
