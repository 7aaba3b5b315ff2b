package dev.loomsocket.wire;

/**
 * A breach of the protocol by the peer, which fails the connection (RFC 6455 §7.1.7).
 *
 * <p>It carries its own answer: the code and the reason of the Close frame to send. It has no stack
 * trace: what a peer can cause at will must be cheap.
 */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int closeCode;

  /**
   * A breach.
   *
   * @param closeCode what the Close frame says, see {@link CloseCode}
   * @param reason a short sentence for people, at most 123 bytes of UTF-8; the peer sees it
   */
  public ProtocolException(int closeCode, String reason) {
    super(reason, null, false, false);
    this.closeCode = closeCode;
  }

  /** The code of the Close frame that answers this breach. */
  public int closeCode() {
    return closeCode;
  }

  static ProtocolException protocolError(String reason) {
    return new ProtocolException(CloseCode.PROTOCOL_ERROR, reason);
  }
}
