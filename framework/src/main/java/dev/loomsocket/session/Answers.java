package dev.loomsocket.session;

/** Takes the answers out of a session's messages. Thread-safe. */
interface Answers {
  /** Takes a text if it is an answer; false if it is anything else. */
  boolean take(String text);

  /** True while somebody waits for one. */
  boolean areAwaited();
}
