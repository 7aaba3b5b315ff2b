package dev.loomsocket.testing;

import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.Opcode;
import java.util.HexFormat;

/**
 * Frames that break RFC 6455, one for each way in which a frame can, and the code of the Close with
 * which a server answers. For {@link TroublesomePeer#send(BadFrame)}.
 */
public enum BadFrame {
  /** Text without a mask (§5.1). */
  UNMASKED(CloseCode.PROTOCOL_ERROR, hex("81 02 68 69")),

  /** A reserved bit that no extension has given a meaning (§5.2). */
  RESERVED_BIT(CloseCode.PROTOCOL_ERROR, Frames.frame(0xa1, hex("68 69"))),

  /** The first opcode that is reserved for data (§5.2). */
  RESERVED_OPCODE(CloseCode.PROTOCOL_ERROR, Frames.frame(0x83, hex("68 69"))),

  /** The first opcode that is reserved for control frames (§5.2). */
  RESERVED_CONTROL(CloseCode.PROTOCOL_ERROR, Frames.frame(0x8b, hex(""))),

  /** A length in 16 bits where seven would do (§5.2). */
  LENGTH_TOO_LONG(CloseCode.PROTOCOL_ERROR, Frames.header(0x81, 2, Short.BYTES)),

  /** A length in 64 bits of which the top one is set (§5.2). */
  LENGTH_NEGATIVE(CloseCode.PROTOCOL_ERROR, Frames.header(0x81, Long.MIN_VALUE, Long.BYTES)),

  /** A message that is announced to have 2⁶² bytes: more than any limit. */
  TOO_BIG(CloseCode.TOO_BIG, Frames.header(0x81, 1L << 62, Long.BYTES)),

  /** A Ping of 126 bytes (§5.5). */
  PING_TOO_LONG(CloseCode.PROTOCOL_ERROR, Frames.frame(0x89, new byte[126])),

  /** A Ping that is not final (§5.5). */
  PING_IN_FRAGMENTS(CloseCode.PROTOCOL_ERROR, Frames.frame(Opcode.PING, hex("68 69"))),

  /** A continuation of nothing (§5.4). */
  CONTINUATION_OF_NOTHING(CloseCode.PROTOCOL_ERROR, Frames.frame(0x80, hex("68 69"))),

  /** A new message inside a fragmented one (§5.4). */
  MESSAGE_IN_A_MESSAGE(
      CloseCode.PROTOCOL_ERROR,
      Frames.frame(Opcode.TEXT, hex("68")),
      Frames.frame(0x81, hex("69"))),

  /** Text that is not UTF-8 (§8.1). */
  TEXT_NOT_UTF_8(CloseCode.INVALID_DATA, Frames.frame(0x81, hex("c3 28"))),

  /** Text that ends within a character (§8.1). */
  TEXT_CUT_OFF(CloseCode.INVALID_DATA, Frames.frame(0x81, hex("e2 82"))),

  /** A Close with half a code (§5.5.1). */
  CLOSE_OF_ONE_BYTE(CloseCode.PROTOCOL_ERROR, Frames.frame(0x88, hex("03"))),

  /** A Close with 1005, which must not be on the wire (§7.4.1). */
  CLOSE_WITH_RESERVED_CODE(CloseCode.PROTOCOL_ERROR, Frames.frame(0x88, hex("03 ed"))),

  /** A Close whose reason is not UTF-8 (§5.5.1). */
  CLOSE_REASON_NOT_UTF_8(CloseCode.INVALID_DATA, Frames.frame(0x88, hex("03 e8 c3 28")));

  private final int closeCode;
  private final byte[][] frames;

  BadFrame(int closeCode, byte[]... frames) {
    this.closeCode = closeCode;
    this.frames = frames;
  }

  /** The code of the Close with which the server answers: 1002, 1007 or 1009. */
  public int closeCode() {
    return closeCode;
  }

  byte[][] frames() {
    return frames;
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
