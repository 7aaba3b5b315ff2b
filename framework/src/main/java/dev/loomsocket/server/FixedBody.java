package dev.loomsocket.server;

import java.util.Arrays;

/**
 * Collects a body whose length is known. Its memory grows with what has arrived, not with what was
 * announced.
 */
final class FixedBody implements RequestBody {
  private static final int AT_FIRST = 8 * 1024;

  private final int length;
  private byte[] bytes;
  private int size;

  FixedBody(int length) {
    this.length = length;
    this.bytes = new byte[Math.min(length, AT_FIRST)];
  }

  @Override
  public int take(byte[] from, int pos, int limit) {
    int taken = Math.min(limit - pos, length - size);
    if (size + taken > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(length, Math.max(size + taken, 2 * bytes.length)));
    }
    System.arraycopy(from, pos, bytes, size, taken);
    size += taken;
    return taken;
  }

  @Override
  public boolean isComplete() {
    return size == length;
  }

  @Override
  public byte[] bytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
