package dev.loomsocket.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The masking of client frames (RFC 6455 §5.3): XOR with a four-byte key, which is also its own
 * reversal.
 */
public final class Mask {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Mask() {}

  /**
   * Masks or unmasks {@code bytes[from, to)} in place.
   *
   * @param key the masking key, its first byte on the wire being the top one
   * @param phase how many bytes of the payload came before {@code bytes[from]}; only its last two
   *     bits matter
   */
  public static void apply(byte[] bytes, int from, int to, int key, int phase) {
    // A rotation takes its distance modulo 32, so the phase modulo 4. Then the lowest byte goes to
    // the lowest address, and the key twice in a row covers eight bytes.
    int turned = Integer.reverseBytes(Integer.rotateLeft(key, 8 * phase));
    long twice = (turned & 0xffff_ffffL) << 32 | turned & 0xffff_ffffL;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      LONG.set(bytes, i, (long) LONG.get(bytes, i) ^ twice);
    }
    for (; i < to; i++) {
      bytes[i] ^= (byte) twice;
      twice >>>= Byte.SIZE;
    }
  }
}
