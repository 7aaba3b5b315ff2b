package dev.loomsocket.websocket;

/**
 * A message that replaces earlier ones of the same key: of a price only the last matters.
 *
 * <pre>{@code
 * record Price(String symbol, BigDecimal price) implements Keyed {
 *   public Object conflationKey() { return symbol; }
 * }
 * }</pre>
 *
 * @see Overflow#CONFLATE
 */
public interface Keyed {
  /**
   * What this message is about; its {@code equals} is asked, which is to be quick. Called once for
   * each {@link Room#send}, in the sender's thread, as is its {@code hashCode}.
   */
  Object conflationKey();
}
