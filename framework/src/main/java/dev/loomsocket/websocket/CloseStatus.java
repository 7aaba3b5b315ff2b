package dev.loomsocket.websocket;

import java.nio.charset.StandardCharsets;

/**
 * Why a connection ended: a status code of RFC 6455 §7.4 and a reason for people.
 *
 * @param code 1000 to 4999; 1005 and 1006 are only ever received: no status in the peer's Close,
 *     and no Close at all
 * @param reason at most 123 bytes of UTF-8, may be empty
 */
public record CloseStatus(int code, String reason) {
  /** 1000: the purpose of the connection is fulfilled. */
  public static final CloseStatus NORMAL = new CloseStatus(1000, "");

  /** 1001: the server is stopping, or the browser left the page. */
  public static final CloseStatus GOING_AWAY = new CloseStatus(1001, "");

  /** 1008: a message violates the application's policy. */
  public static final CloseStatus POLICY_VIOLATION = new CloseStatus(1008, "");

  /** 1011: the server met a condition that kept it from fulfilling the request. */
  public static final CloseStatus INTERNAL_ERROR = new CloseStatus(1011, "");

  /** 1013: the server is overloaded or the client too slow; it may come back later. */
  public static final CloseStatus TRY_AGAIN_LATER = new CloseStatus(1013, "");

  /**
   * The largest reason, in bytes of UTF-8: a control frame's 125 without the two of the code (RFC
   * 6455 §5.5).
   */
  public static final int MAX_REASON_BYTES = 123;

  /**
   * A status.
   *
   * @throws IllegalArgumentException if the code is outside 1000 to 4999 or the reason is longer
   *     than 123 bytes
   */
  public CloseStatus {
    if (code < 1000 || code > 4999) {
      throw new IllegalArgumentException("a close code is 1000 to 4999, not " + code);
    }
    int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_REASON_BYTES) {
      throw new IllegalArgumentException(
          "a close reason has at most 123 bytes of UTF-8, not " + bytes);
    }
  }

  /** A status without a reason. */
  public static CloseStatus of(int code) {
    return new CloseStatus(code, "");
  }

  /** True for 1000 and 1001, the two codes of an end that somebody wanted. */
  public boolean isNormal() {
    return code == 1000 || code == 1001;
  }
}
