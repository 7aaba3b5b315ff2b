package dev.loomsocket.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * RFC 6455 §5.2 once more, as plainly as it goes, for tests: it shares no code with the product.
 */
final class Frames {
  static final int TEXT = 0x81;
  static final int BINARY = 0x82;
  static final int CLOSE = 0x88;
  static final int PING = 0x89;
  static final int PONG = 0x8a;

  private static final byte[] MASK = hex("37 fa 21 3d");

  private Frames() {}

  /** A server's frame as it was read; {@code first} is its first byte. */
  record Frame(int first, byte[] payload) {
    /** The payload as text, without a Close frame's code. */
    String text() {
      int from = first == CLOSE ? Math.min(2, payload.length) : 0;
      return new String(payload, from, payload.length - from, UTF_8);
    }

    /** The code of a Close frame; 1005 if it has none. */
    int code() {
      return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort();
    }

    @Override
    public String toString() {
      return first == CLOSE
          ? "close " + code() + (text().isEmpty() ? "" : " " + text())
          : switch (first) {
            case TEXT -> "text " + text();
            case BINARY -> "binary " + HexFormat.of().formatHex(payload);
            case PING -> "ping " + HexFormat.of().formatHex(payload);
            case PONG -> "pong " + text();
            default -> Integer.toHexString(first) + " " + HexFormat.of().formatHex(payload);
          };
    }
  }

  /** Bytes in hexadecimal, with spaces where a reader likes them. */
  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }

  /** A client's final text frame. */
  static byte[] text(String text) {
    return client(TEXT, text.getBytes(UTF_8));
  }

  /** A client's Close frame. */
  static byte[] close(int code) {
    return client(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
  }

  /** A client's frame, masked. */
  static byte[] client(int first, byte[] payload) {
    byte[] masked = payload.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= MASK[i & 3];
    }
    return join(head(first, 0x80, payload.length), MASK, masked);
  }

  /** A server's frame, not masked. */
  static byte[] server(int first, byte[] payload) {
    return join(head(first, 0, payload.length), payload);
  }

  private static byte[] head(int first, int mask, int length) {
    ByteBuffer head = ByteBuffer.allocate(10).put((byte) first);
    if (length < 126) {
      head.put((byte) (mask | length));
    } else if (length < 65_536) {
      head.put((byte) (mask | 126)).putShort((short) length);
    } else {
      head.put((byte) (mask | 127)).putLong(length);
    }
    byte[] bytes = new byte[head.position()];
    head.get(0, bytes);
    return bytes;
  }

  /** The server's whole frames in these bytes; what is cut off at the end is left out. */
  static List<Frame> read(byte[] bytes) {
    List<Frame> frames = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    while (in.remaining() >= 2) {
      int first = in.get() & 0xff;
      int second = in.get() & 0xff;
      int more = second == 126 ? 2 : second == 127 ? 8 : 0;
      if (in.remaining() < more) {
        break;
      }
      long length = more == 0 ? second : more == 2 ? in.getShort() & 0xffff : in.getLong();
      if (second > 127) {
        throw new AssertionError("a server's frame must not be masked");
      }
      if (in.remaining() < length) {
        break;
      }
      byte[] payload = new byte[(int) length];
      in.get(payload);
      frames.add(new Frame(first, payload));
    }
    return frames;
  }
}
