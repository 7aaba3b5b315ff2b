package dev.loomsocket.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a Close frame says: the status code and the reason of RFC 6455 §5.5.1.
 *
 * @param code see {@link CloseCode}; 1005 stands for an empty body
 * @param reason a sentence for people, may be empty
 */
public record ClosePayload(int code, String reason) {
  /**
   * The bytes of UTF-8 that a reason can have: a control frame's 125 (§5.5) without the two of the
   * code.
   */
  static final int MAX_REASON_BYTES = 123;

  private static final ClosePayload EMPTY = new ClosePayload(CloseCode.NO_STATUS, "");

  /**
   * Reads the unmasked payload of a Close frame from {@code bytes[from, to)}.
   *
   * @throws ProtocolException 1002 for one byte alone or a code that must not be sent, 1007 for a
   *     reason that is not UTF-8
   */
  public static ClosePayload decode(byte[] bytes, int from, int to) {
    if (from == to) {
      return EMPTY;
    }
    if (to - from == 1) {
      throw ProtocolException.protocolError("a Close frame of one byte has half a status code");
    }
    int code = (bytes[from] & 0xff) << 8 | bytes[from + 1] & 0xff;
    if (!CloseCode.mayBeSent(code)) {
      throw ProtocolException.protocolError("close code " + code + " must not be sent");
    }
    return new ClosePayload(code, MessageAssembler.text(bytes, from + 2, to));
  }

  /**
   * The payload as bytes: none for 1005, else the code and as many whole characters of the reason
   * as fit.
   *
   * @throws IllegalStateException if the code must not be sent, 1006 for example
   */
  public byte[] encode() {
    if (code == CloseCode.NO_STATUS) {
      return new byte[0];
    }
    if (!CloseCode.mayBeSent(code)) {
      throw new IllegalStateException("close code " + code + " must not be sent (RFC 6455 §7.4)");
    }
    byte[] utf8 = reason.getBytes(UTF_8);
    int length = utf8.length;
    if (length > MAX_REASON_BYTES) {
      length = MAX_REASON_BYTES;
      // the first byte left out must not continue a character
      while ((utf8[length] & 0xc0) == 0x80) {
        length--;
      }
    }
    byte[] payload = new byte[2 + length];
    payload[0] = (byte) (code >>> 8);
    payload[1] = (byte) code;
    System.arraycopy(utf8, 0, payload, 2, length);
    return payload;
  }
}
