package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.fuzz.Input;
import java.util.Arrays;

/** Fuzzes what is in single frames: their headers, the payload of Close, masking. */
public final class FramesFuzz {
  private static final String MORE = "needs more";

  private FramesFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Input input = new Input(bytes);
    boolean deflate = input.flip();
    byte[] rest = input.rest();
    header(rest, deflate);
    close(Arrays.copyOf(rest, Math.min(rest.length, 125)));
    mask(rest);
  }

  /** Byte for byte more of it: no answer is taken back, and none depends on what is not there. */
  private static void header(byte[] bytes, boolean deflate) {
    String known = MORE;
    for (int there = 0; there <= Math.min(bytes.length, FrameHeader.MAX_SIZE); there++) {
      String decoded = decode(bytes, 0, there, deflate);
      assertTrue(known.equals(MORE) || known.equals(decoded), known + " became " + decoded);
      byte[] elsewhere = new byte[there + 30];
      Arrays.fill(elsewhere, (byte) 0xff);
      System.arraycopy(bytes, 0, elsewhere, 10, there);
      assertEquals(decoded, decode(elsewhere, 10, 10 + there, deflate));
      known = decoded;
    }
    if (bytes.length >= FrameHeader.MAX_SIZE) {
      assertNotEquals(MORE, known);
    }
  }

  private static String decode(byte[] bytes, int pos, int limit, boolean deflate) {
    FrameHeader header = new FrameHeader(deflate);
    try {
      int size = header.decode(bytes, pos, limit);
      if (size == 0) {
        return MORE;
      }
      assertTrue(size <= limit - pos);
      encode(header, Arrays.copyOfRange(bytes, pos, pos + size));
      return "%d bytes, fin %b, rsv1 %b, opcode %d, length %d, key %08x"
          .formatted(
              size,
              header.fin(),
              header.rsv1(),
              header.opcode(),
              header.length(),
              header.maskingKey());
    } catch (ProtocolException e) {
      assertEquals(CloseCode.PROTOCOL_ERROR, e.closeCode());
      return e.getMessage();
    }
  }

  /** A server would write it the same way, but for the mask. */
  private static void encode(FrameHeader header, byte[] asItCame) {
    byte[] encoded = new byte[FrameHeader.size(header.length())];
    int end =
        FrameHeader.encode(
            encoded, 0, header.fin(), header.rsv1(), header.opcode(), header.length());
    assertEquals(encoded.length, end);
    byte[] unmasked = Arrays.copyOf(asItCame, asItCame.length - Integer.BYTES);
    unmasked[1] &= 0x7f;
    assertArrayEquals(unmasked, encoded);
  }

  private static void close(byte[] payload) {
    try {
      ClosePayload close = ClosePayload.decode(payload, 0, payload.length);
      assertArrayEquals(payload, close.encode());
    } catch (ProtocolException e) {
      int code = e.closeCode();
      assertTrue(code == CloseCode.PROTOCOL_ERROR || code == CloseCode.INVALID_DATA, e::toString);
    }
  }

  /** In two steps, cut anywhere, as byte by byte. */
  private static void mask(byte[] payload) {
    int key = Arrays.hashCode(payload);
    byte[] expected = new byte[payload.length];
    for (int i = 0; i < payload.length; i++) {
      expected[i] = (byte) (payload[i] ^ key >>> 24 - 8 * (i % 4));
    }
    int cut = (key & 0x7fff) % (payload.length + 1);
    byte[] masked = payload.clone();
    Mask.apply(masked, cut, masked.length, key, cut);
    Mask.apply(masked, 0, cut, key, 0);
    assertArrayEquals(expected, masked);
  }
}
