package dev.loomsocket.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.loomsocket.wire.ClosePayload;
import dev.loomsocket.wire.Mask;
import dev.loomsocket.wire.Opcode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A client's frames as bytes (RFC 6455 §5.2), for {@link TroublesomePeer#send}: good ones, and cut
 * in every way there is.
 */
public final class Frames {
  /** FIN: set in a frame's first byte if it is the last one of its message. */
  public static final int FIN = 0x80;

  private static final int KEY = 0x37fa213d; // of the mask; a fixed one makes failures repeatable
  private static final int MASKED = 0x80;
  private static final int MOST_CUT = 12; // bytes, which are 2048 ways

  private Frames() {}

  /** A text message in one frame. */
  public static byte[] text(String text) {
    return frame(FIN | Opcode.TEXT, text.getBytes(UTF_8));
  }

  /** A binary message in one frame. */
  public static byte[] binary(byte... bytes) {
    return frame(FIN | Opcode.BINARY, bytes);
  }

  /** A Ping. */
  public static byte[] ping(byte... data) {
    return frame(FIN | Opcode.PING, data);
  }

  /** A Pong. */
  public static byte[] pong(byte... data) {
    return frame(FIN | Opcode.PONG, data);
  }

  /** A Close. */
  public static byte[] close(int code) {
    return frame(FIN | Opcode.CLOSE, new ClosePayload(code, "").encode());
  }

  /**
   * A masked frame, whatever may be wrong with it.
   *
   * @param first the first byte: FIN, the reserved bits and the opcode
   */
  public static byte[] frame(int first, byte[] payload) {
    byte[] masked = payload.clone();
    Mask.apply(masked, 0, masked.length, KEY, 0);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(header(first, payload.length));
    frame.writeBytes(masked);
    return frame.toByteArray();
  }

  /**
   * The header of a masked frame that announces so many bytes, with the length in its shortest
   * form.
   */
  public static byte[] header(int first, long length) {
    int lengthBytes = length < 126 ? 0 : length <= 0xffff ? 2 : 8;
    return header(first, length, lengthBytes);
  }

  /** The same with the length in 0, 2 or 8 bytes behind the seven bits. */
  static byte[] header(int first, long length, int lengthBytes) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.write(first);
    header.write(
        MASKED
            | switch (lengthBytes) {
              case 0 -> (int) length;
              case 2 -> 126;
              default -> 127;
            });
    writeBigEndian(header, length, lengthBytes);
    writeBigEndian(header, KEY, Integer.BYTES);
    return header.toByteArray();
  }

  private static void writeBigEndian(ByteArrayOutputStream to, long value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      to.write((int) (value >> 8 * i));
    }
  }

  /**
   * A text message in fragments (§5.4).
   *
   * @param cuts where to cut its UTF-8, in bytes and ascending; two that are alike make an empty
   *     fragment
   */
  public static List<byte[]> fragments(String text, int... cuts) {
    byte[] utf8 = text.getBytes(UTF_8);
    List<byte[]> fragments = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i < cuts.length ? cuts[i] : utf8.length;
      int first = (i == 0 ? Opcode.TEXT : Opcode.CONTINUATION) | (i == cuts.length ? FIN : 0);
      fragments.add(frame(first, Arrays.copyOfRange(utf8, from, to)));
      from = to;
    }
    return fragments;
  }

  /**
   * A text message cut into fragments in every way there is: 2<sup>n−1</sup> for n bytes.
   *
   * @return the frames of one whole message after the other
   * @throws IllegalArgumentException if the text has none, or more than 12 bytes
   */
  public static Stream<byte[]> everyFragmentation(String text) {
    int size = text.getBytes(UTF_8).length;
    if (size == 0 || size > MOST_CUT) {
      throw new IllegalArgumentException("a text of 1 to " + MOST_CUT + " bytes, not " + size);
    }
    return IntStream.range(0, 1 << size - 1)
        .mapToObj(
            ways -> IntStream.range(1, size).filter(at -> (ways >> at - 1 & 1) == 1).toArray())
        .map(cuts -> joined(fragments(text, cuts)));
  }

  private static byte[] joined(List<byte[]> pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    pieces.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
