package dev.loomsocket.wire;

import java.util.Arrays;

/**
 * A slow inflater that shares nothing with the one under test (RFC 1951): it follows the
 * specification bit by bit and notes how far back references reach.
 */
public final class PlainInflate {
  private static final int[] LENGTH_BASE = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };
  private static final int[] LENGTH_EXTRA = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };
  private static final int END_OF_BLOCK = 256;

  private final byte[] in;
  private long bit; // the next one's position
  private byte[] out = new byte[1024];
  private int size;
  private int largestDistance;

  private PlainInflate(byte[] in) {
    this.in = in;
  }

  /** Inflates blocks up to the last byte, with which the last block must end. */
  public static PlainInflate of(byte[] blocks) {
    PlainInflate inflate = new PlainInflate(blocks);
    while (inflate.bit < 8L * blocks.length) {
      inflate.block();
    }
    return inflate;
  }

  public byte[] bytes() {
    return Arrays.copyOf(out, size);
  }

  public int largestDistance() {
    return largestDistance;
  }

  private void block() {
    if (bits(1) != 0) {
      throw new AssertionError("a final block");
    }
    switch (bits(2)) {
      case 0 -> stored();
      case 1 -> compressed(fixedLengths(), fixedDistances());
      case 2 -> dynamic();
      default -> throw new AssertionError("block type 3 at bit " + bit);
    }
  }

  private void stored() {
    bit = (bit + 7) / 8 * 8;
    int length = bits(16);
    if ((bits(16) ^ 0xffff) != length) {
      throw new AssertionError("a stored block's lengths differ");
    }
    for (int i = 0; i < length; i++) {
      put(bits(8));
    }
  }

  private void compressed(int[] literals, int[] distances) {
    for (int symbol = symbol(literals); symbol != END_OF_BLOCK; symbol = symbol(literals)) {
      if (symbol < END_OF_BLOCK) {
        put(symbol);
        continue;
      }
      int length = LENGTH_BASE[symbol - 257] + bits(LENGTH_EXTRA[symbol - 257]);
      int code = symbol(distances);
      int extra = Math.max(0, code / 2 - 1);
      int distance = (code < 2 ? code : (2 + code % 2) << extra) + bits(extra) + 1;
      if (distance > size) {
        throw new AssertionError(distance + " bytes back from " + size);
      }
      largestDistance = Math.max(largestDistance, distance);
      for (int i = 0; i < length; i++) {
        put(out[size - distance]);
      }
    }
  }

  private void dynamic() {
    int literals = bits(5) + 257;
    int distances = bits(5) + 1;
    int[] orderLengths = new int[19];
    for (int i = 0, n = bits(4) + 4; i < n; i++) {
      orderLengths[ORDER[i]] = bits(3);
    }
    int[] table = table(orderLengths);
    int[] lengths = new int[literals + distances];
    for (int i = 0; i < lengths.length; ) {
      int symbol = symbol(table);
      int value = symbol < 16 ? symbol : symbol == 16 ? lengths[i - 1] : 0;
      int times =
          switch (symbol) {
            case 16 -> 3 + bits(2);
            case 17 -> 3 + bits(3);
            case 18 -> 11 + bits(7);
            default -> 1;
          };
      Arrays.fill(lengths, i, i + times, value);
      i += times;
    }
    compressed(
        table(Arrays.copyOf(lengths, literals)),
        table(Arrays.copyOfRange(lengths, literals, lengths.length)));
  }

  private static int[] fixedLengths() {
    int[] lengths = new int[288];
    Arrays.fill(lengths, 0, 144, 8);
    Arrays.fill(lengths, 144, 256, 9);
    Arrays.fill(lengths, 256, 280, 7);
    Arrays.fill(lengths, 280, 288, 8);
    return table(lengths);
  }

  private static int[] fixedDistances() {
    int[] lengths = new int[30];
    Arrays.fill(lengths, 5);
    return table(lengths);
  }

  /** From a code with a 1 in front of it to its symbol plus 1; 0: no such code. */
  private static int[] table(int[] lengths) {
    int[] table = new int[1 << 16];
    int code = 0;
    for (int length = 1; length <= 15; length++) {
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] == length) {
          table[1 << length | code++] = symbol + 1;
        }
      }
      code <<= 1;
    }
    return table;
  }

  private int symbol(int[] table) {
    int code = 1;
    do {
      code = code << 1 | bits(1);
    } while (table[code] == 0);
    return table[code] - 1;
  }

  private int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++, bit++) {
      value |= (in[(int) (bit / 8)] >> (int) (bit % 8) & 1) << i;
    }
    return value;
  }

  private void put(int b) {
    if (size == out.length) {
      out = Arrays.copyOf(out, 2 * size);
    }
    out[size++] = (byte) b;
  }
}
