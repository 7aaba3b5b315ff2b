package dev.loomsocket.sample;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * How a server proves that it has read the key of a handshake (RFC 6455 §4.2.2).
 *
 * @param sha1 the SHA-1 of key and magic string, in hexadecimal
 * @param value the same in Base64: what the header Sec-WebSocket-Accept says
 */
record Accept(String key, String magic, String sha1, String value) {
  /** The magic string that all the world has agreed on. */
  static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  static Accept of(String key, String magic) {
    byte[] hash = sha1(key + magic);
    return new Accept(
        key, magic, HexFormat.of().formatHex(hash), Base64.getEncoder().encodeToString(hash));
  }

  private static byte[] sha1(String text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
