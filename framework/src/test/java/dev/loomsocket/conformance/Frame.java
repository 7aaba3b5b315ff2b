package dev.loomsocket.conformance;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A frame that the server has sent, read without any of the server's code.
 *
 * @param first its first byte: FIN, the reserved bits and the opcode
 */
record Frame(int first, byte[] payload) {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final int SHOWN = 80; // bytes

  /**
   * Reads the next frame; empty at the end of the stream, which must not be within a frame.
   *
   * @throws AssertionError if it is masked (RFC 6455 §5.1) or its length is not in the shortest
   *     form (§5.2)
   */
  static Optional<Frame> read(InputStream stream) throws IOException {
    int first = stream.read();
    if (first < 0) {
      return Optional.empty();
    }
    DataInputStream in = new DataInputStream(stream);
    try {
      int second = in.readUnsignedByte();
      if (second > 127) {
        throw new AssertionError("a server's frame must not be masked");
      }
      long length =
          switch (second) {
            case 126 -> atLeast(126, in.readUnsignedShort());
            case 127 -> atLeast(65_536, in.readLong());
            default -> second;
          };
      byte[] payload = new byte[Math.toIntExact(length)];
      in.readFully(payload);
      return Optional.of(new Frame(first, payload));
    } catch (EOFException e) {
      throw new AssertionError("the connection ended within a frame", e);
    }
  }

  private static long atLeast(int least, long length) {
    if (length < least) {
      throw new AssertionError("a length of " + length + " is not in its shortest form");
    }
    return length;
  }

  boolean isCompressed() {
    return (first & 0x40) != 0;
  }

  @Override
  public String toString() {
    return show(first, payload);
  }

  /** A frame for people: the first byte, then the payload, or what tells it from others. */
  static String show(int first, byte[] payload) {
    String bytes =
        payload.length <= SHOWN
            ? HEX.formatHex(payload)
            : payload.length + " bytes, hash " + Integer.toHexString(Arrays.hashCode(payload));
    return "%02x(%s)".formatted(first, bytes);
  }
}
