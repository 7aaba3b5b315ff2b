package dev.loomsocket.websocket;

/**
 * Decides what the traffic log shows of a payload.
 *
 * <pre>{@code
 * app.redactTraffic((session, payload) -> "");                    // nothing: sizes and opcodes only
 * app.redactTraffic((session, payload) -> payload.contains("password") ? "(hidden)" : payload);
 * }</pre>
 *
 * <p>It sees frames, not messages. The rest of a message in fragments comes as a continuation, in
 * hexadecimal, where no word is found; and a pattern for JSON has to know white space, escapes and
 * a value that the log's end cuts off. Who has to be sure shows nothing.
 */
@FunctionalInterface
public interface TrafficRedactor {
  /**
   * What is logged instead of the beginning of a payload. Called for each frame that is logged,
   * control frames too, one after the other for a session but for several sessions at once, by
   * threads that do nothing else: one that blocks holds up the log of its session only, and frames
   * that come meanwhile are counted from a thousand on. Whatever it throws is logged in its place.
   *
   * @param payload as it would be logged: text in quotation marks, its first 80 characters; any
   *     other bytes in hexadecimal, the first 32; of a Close its code and its reason
   */
  String redact(Session session, String payload);
}
