package dev.zhiku.server.identity;

import java.util.Optional;

/** The keys that several share, as far as it has to be known whether a text is one. Immutable. */
public interface SharedKeys {
  /** No such keys. */
  SharedKeys NONE =
      new SharedKeys() {
        @Override
        public Optional<Role> role(String presented) {
          return Optional.empty();
        }

        @Override
        public boolean hasSecret(String id) {
          return false;
        }
      };

  /** What the presented text may do; empty if it is none of the keys. */
  Optional<Role> role(String presented);

  /** Whether one of them has this public part. */
  boolean hasSecret(String id);
}
