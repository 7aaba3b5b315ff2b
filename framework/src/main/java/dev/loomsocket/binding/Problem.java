package dev.loomsocket.binding;

/**
 * One mistake in an endpoint, told so that its reader can mend it without looking anything up.
 *
 * @param where the class, the constructor or the method, for example {@code
 *     com.acme.Chat.line(Line)}
 * @param found what stands there
 * @param allowed what may stand there
 * @param remedy what to do
 */
public record Problem(String where, String found, String allowed, String remedy) {
  /** Four lines: where it is, and the three sentences below it. */
  @Override
  public String toString() {
    return where
        + "\n   found:   "
        + found
        + "\n   allowed: "
        + allowed
        + "\n   remedy:  "
        + remedy;
  }
}
