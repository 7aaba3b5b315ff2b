package dev.loomsocket.sample;

import java.util.regex.Pattern;

/**
 * What the page sends: something to be said, under an id that the page chose. After a lost
 * connection it may come again, and the id tells that it is the same.
 *
 * <p>A message that does not fulfil this is answered with an error, and the connection stays.
 */
record Say(String id, String text) {
  private static final Pattern ID = Pattern.compile("[\\w-]{1,40}");

  /**
   * Something to see; new lines and tabs, but no other control characters, and no half of a
   * surrogate pair.
   */
  private static final Pattern TEXT =
      Pattern.compile("(?s)(?=.*\\S)[\\n\\t[^\\p{Cc}\\p{Cs}]]{1,2000}");

  Say {
    if (id == null || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException("an id has 1 to 40 letters and digits");
    }
    if (text == null || !TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("a text has 1 to 2000 characters");
    }
  }
}
