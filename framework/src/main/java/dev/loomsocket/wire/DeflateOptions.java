package dev.loomsocket.wire;

/**
 * What an endpoint allows of permessage-deflate (RFC 7692).
 *
 * @param enabled false: the extension is never agreed on
 * @param level zlib's, from 0 (only stores) over 1 (fast) to 9 (small)
 * @param threshold messages below it, in bytes before compression, are better sent as they are
 * @param serverContextTakeover whether the server refers back to its earlier messages, if the
 *     client allows it: smaller messages for some 270 KB of native memory a connection
 * @param clientContextTakeover whether the client may refer back to its earlier messages: some 40
 *     KB of native memory a connection
 * @param maxWindowBits how far either side may refer back at most: 8 to 15, for 256 bytes to 32 KiB
 */
public record DeflateOptions(
    boolean enabled,
    int level,
    int threshold,
    boolean serverContextTakeover,
    boolean clientContextTakeover,
    int maxWindowBits) {
  /** On from 1 KiB; nothing is kept between messages. */
  public static final DeflateOptions DEFAULTS =
      new DeflateOptions(true, 6, 1024, false, false, DeflateParameters.MAX_WINDOW_BITS);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException with a sentence that names the component and its range
   */
  public DeflateOptions {
    if (level < 0 || level > 9) {
      throw new IllegalArgumentException("level is 0 to 9, not " + level);
    }
    if (threshold < 0) {
      throw new IllegalArgumentException("threshold is 0 or more bytes, not " + threshold);
    }
    DeflateParameters.checkWindowBits("maxWindowBits", maxWindowBits);
  }
}
