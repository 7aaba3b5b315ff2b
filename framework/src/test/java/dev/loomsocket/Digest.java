package dev.loomsocket;

import java.util.zip.CRC32C;

/** How much of something large there was, and which. */
final class Digest {
  private final CRC32C hash = new CRC32C();
  private long size;

  /** What so many repetitions of a block come to. */
  static Digest of(byte[] block, long times) {
    Digest digest = new Digest();
    for (long i = 0; i < times; i++) {
      digest.add(block, block.length);
    }
    return digest;
  }

  /** Some more has come. */
  void add(byte[] bytes, int length) {
    hash.update(bytes, 0, length);
    size += length;
  }

  long size() {
    return size;
  }

  @Override
  public String toString() {
    return size + " bytes, hash " + Long.toHexString(hash.getValue());
  }
}
