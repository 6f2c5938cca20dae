package dev.zhiku.server.conversations.web;

import dev.zhiku.server.conversations.Conversation;
import dev.zhiku.server.conversations.ConversationStore.Place;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a part of the list ended, as clients hand it back. Pure. */
final class ListCursor {
  private static final Pattern FORM = Pattern.compile("([01])\\.(\\d{1,15})\\.(c_[0-9a-f]{1,30})");

  private ListCursor() {}

  static String after(Conversation last) {
    return (last.pinned() ? "1." : "0.") + last.changedAt().toEpochMilli() + "." + last.id();
  }

  /** The place; empty if the text is no cursor. */
  static Optional<Place> read(String text) {
    Matcher cursor = FORM.matcher(text);
    if (!cursor.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Place(
            cursor.group(1).equals("1"),
            Instant.ofEpochMilli(Long.parseLong(cursor.group(2))),
            cursor.group(3)));
  }
}
