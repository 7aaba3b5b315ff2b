package dev.loomsocket.session;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the order of a room's messages.
 *
 * @param epoch which life of which room, a random word
 * @param offset the number of the message there, from 1 on; 0: before the first
 */
record Position(String epoch, long offset) {
  /** As many digits as a long takes without looking. */
  private static final Pattern FORM = Pattern.compile("([0-9A-Za-z]{1,40})\\.([0-9]{1,18})");

  /** What a client has written; empty if that is no position. */
  static Optional<Position> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new Position(form.group(1), Long.parseLong(form.group(2))))
        : Optional.empty();
  }

  /** As it goes over the wire. */
  @Override
  public String toString() {
    return epoch + "." + offset;
  }
}
