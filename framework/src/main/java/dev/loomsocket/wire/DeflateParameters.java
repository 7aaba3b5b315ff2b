package dev.loomsocket.wire;

/**
 * What client and server have agreed on for permessage-deflate (RFC 7692 §7.1).
 *
 * @param serverNoContextTakeover the server's messages never refer to earlier ones
 * @param clientNoContextTakeover the client's messages never refer to earlier ones
 * @param serverMaxWindowBits the server refers back 2 to the power of this many bytes at most; 8 to
 *     15
 * @param clientMaxWindowBits the same for the client; it binds only the client, as our inflaters
 *     always take the full 32 KiB
 */
public record DeflateParameters(
    boolean serverNoContextTakeover,
    boolean clientNoContextTakeover,
    int serverMaxWindowBits,
    int clientMaxWindowBits) {
  /** 256 bytes (§7.1.2). */
  static final int MIN_WINDOW_BITS = 8;

  /** 32 KiB, which is also what holds where nothing is said (§7.1.2). */
  static final int MAX_WINDOW_BITS = 15;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if window bits are not 8 to 15
   */
  public DeflateParameters {
    checkWindowBits("serverMaxWindowBits", serverMaxWindowBits);
    checkWindowBits("clientMaxWindowBits", clientMaxWindowBits);
  }

  static void checkWindowBits(String name, int bits) {
    if (bits < MIN_WINDOW_BITS || bits > MAX_WINDOW_BITS) {
      throw new IllegalArgumentException(name + " is 8 to 15, not " + bits);
    }
  }
}
