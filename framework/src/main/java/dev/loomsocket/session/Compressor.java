package dev.loomsocket.session;

import dev.loomsocket.wire.DeflateOptions;
import dev.loomsocket.wire.DeflateParameters;
import dev.loomsocket.wire.DeflatePools;
import dev.loomsocket.wire.Deflation;
import org.jspecify.annotations.Nullable;

/**
 * Compresses what a session sends, as was agreed on in its handshake (RFC 7692).
 *
 * <p>Without context takeover it holds nothing between messages and may be used by any thread. With
 * it the messages must be compressed in the order in which they are sent: guarded by the outbox's
 * lock.
 */
final class Compressor implements AutoCloseable {
  private final DeflatePools pools;
  private final int level;
  private final int threshold;
  private final DeflateParameters parameters;
  private final Share share;
  private final @Nullable Deflation context;

  Compressor(DeflatePools pools, DeflateOptions options, DeflateParameters parameters) {
    this.pools = pools;
    this.level = options.level();
    this.threshold = options.threshold();
    this.parameters = parameters;
    this.share = new Share(level, parameters.serverMaxWindowBits());
    this.context =
        parameters.serverNoContextTakeover() ? null : new Deflation(pools, level, parameters);
  }

  /** Sessions of which this is equal get the same bytes for a message. */
  record Share(int level, int windowBits) {}

  Share share() {
    return share;
  }

  /** True if each message may refer to those before it. */
  boolean keepsContext() {
    return context != null;
  }

  /** True if a message of so many bytes is worth it. */
  boolean compresses(int size) {
    return size >= threshold;
  }

  /** Compresses a whole message. */
  byte[] compress(byte[] message) {
    return deflation().message(message);
  }

  /** The message compressed, or as it is if that is no longer; only without context takeover. */
  byte[] shortest(byte[] message) {
    byte[] compressed = compress(message);
    return compressed.length < message.length ? compressed : message;
  }

  /** What compresses the next message, piece by piece if need be. */
  Deflation deflation() {
    return context != null ? context : new Deflation(pools, level, parameters);
  }

  @Override
  public void close() {
    if (context != null) {
      context.close();
    }
  }
}
