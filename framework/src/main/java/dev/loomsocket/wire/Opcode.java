package dev.loomsocket.wire;

/** The frame types of RFC 6455 §5.2, as the four bits that stand in a frame's first byte. */
public final class Opcode {
  /** One more piece of the message under way. */
  public static final int CONTINUATION = 0;

  /** The first or only piece of a text message. */
  public static final int TEXT = 1;

  /** The first or only piece of a binary message. */
  public static final int BINARY = 2;

  /** The closing handshake. */
  public static final int CLOSE = 8;

  /** A question that a Pong answers. */
  public static final int PING = 9;

  /** The answer to a Ping. */
  public static final int PONG = 10;

  private Opcode() {}

  /**
   * True for Close, Ping and Pong, and for the reserved 11 to 15: the top bit of the four tells
   * (§5.5).
   */
  public static boolean isControl(int opcode) {
    return (opcode & 8) != 0;
  }
}
