package dev.loomsocket.wire;

/**
 * The status codes of a Close frame that matter here, and which of all there may be: RFC 6455 §7.4
 * with the later entries of its IANA registry.
 */
public final class CloseCode {
  /** The purpose of the connection is fulfilled. */
  public static final int NORMAL = 1000;

  /** The server stops, or the browser leaves the page. */
  public static final int GOING_AWAY = 1001;

  /** The peer broke the protocol. */
  public static final int PROTOCOL_ERROR = 1002;

  /** Never on the wire: the Close frame received had no code. */
  public static final int NO_STATUS = 1005;

  /** Never on the wire: the connection was lost without a Close frame. */
  public static final int ABNORMAL = 1006;

  /** The content of a message does not fit its type, for example text that is not UTF-8. */
  public static final int INVALID_DATA = 1007;

  /** A message is larger than the receiver takes. */
  public static final int TOO_BIG = 1009;

  /** The server met something that it did not expect. */
  public static final int INTERNAL_ERROR = 1011;

  /** The server is overloaded, or the client is too slow for it. */
  public static final int TRY_AGAIN_LATER = 1013;

  private CloseCode() {}

  /**
   * True if a Close frame may carry this code, whoever sends it (§7.4.1, §7.4.2): the assigned ones
   * of 1000 to 1014, those of libraries (3000 to 3999) and those of applications (4000 to 4999).
   * 1004 has no meaning yet; 1005, 1006 and 1015 are only for use inside a program.
   */
  public static boolean mayBeSent(int code) {
    return code >= 1000 && code <= 1003
        || code >= 1007 && code <= 1014
        || code >= 3000 && code <= 4999;
  }
}
