package dev.loomsocket.wire;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Bytes as a client sends them: hex literals, and frames with a mask. */
final class ClientFrames {
  /** The masking key of the RFC's examples (§5.7). */
  static final int KEY = 0x37fa213d;

  /** In a frame's first byte. */
  static final int RSV1 = 0x40;

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private ClientFrames() {}

  static byte[] hex(String bytes) {
    return HEX.parseHex(bytes);
  }

  static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }

  static byte[] frame(boolean fin, int opcode, byte[] payload) {
    return frame(fin, opcode, payload, KEY);
  }

  /** The first frame of a compressed message. */
  static byte[] compressed(boolean fin, int opcode, byte[] payload) {
    byte[] frame = frame(fin, opcode, payload);
    frame[0] |= RSV1;
    return frame;
  }

  /** A frame masked byte by byte, with the length in its shortest form. */
  static byte[] frame(boolean fin, int opcode, byte[] payload, int key) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write((fin ? 0x80 : 0) | opcode);
    int lengthBytes = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
    frame.write(0x80 | (lengthBytes == 0 ? payload.length : lengthBytes == 2 ? 126 : 127));
    for (int i = lengthBytes - 1; i >= 0; i--) {
      frame.write((int) ((long) payload.length >>> 8 * i));
    }
    for (int i = 0; i < 4; i++) {
      frame.write(key >>> 24 - 8 * i);
    }
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ key >>> 24 - 8 * (i % 4));
    }
    return frame.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A decoded header, whatever length it declares. */
  static FrameHeader header(boolean fin, int opcode, long length) {
    return header(fin, false, opcode, length);
  }

  /** The same, with RSV1 or not. */
  static FrameHeader header(boolean fin, boolean rsv1, int opcode, long length) {
    byte[] bytes = new byte[FrameHeader.MAX_SIZE];
    FrameHeader.encode(bytes, 0, fin, rsv1, opcode, length);
    bytes[1] |= (byte) 0x80; // and a masking key of zeros
    FrameHeader header = new FrameHeader(true);
    header.decode(bytes, 0, bytes.length);
    return header;
  }
}
