package dev.loomsocket.websocket;

/**
 * Decides what the traffic log shows of a payload.
 *
 * <pre>{@code
 * app.redactTraffic((session, payload) -> payload.replaceAll("\"password\":\"[^\"]*\"", "\"password\":…"));
 * }</pre>
 */
@FunctionalInterface
public interface TrafficRedactor {
  /**
   * What is logged instead of the beginning of a payload; called for each frame, by any thread, and
   * must not block.
   *
   * @param payload as it would be logged: text in quotation marks, bytes in hexadecimal, at most
   *     some 80 characters
   */
  String redact(Session session, String payload);
}
