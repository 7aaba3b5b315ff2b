package dev.loomsocket.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The content of a session as characters that a cookie can carry. */
final class SessionText {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private SessionText() {}

  static String base64(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /**
   * All names and values, each with its length in front.
   *
   * @throws IllegalArgumentException if one is longer than any cookie
   */
  static String encode(Map<String, String> values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      for (Map.Entry<String, String> value : values.entrySet()) {
        out.writeUTF(value.getKey());
        out.writeUTF(value.getValue());
      }
    } catch (UTFDataFormatException e) {
      throw new IllegalArgumentException("a value of more than 64 KiB", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory has no errors
    }
    return base64(bytes.toByteArray());
  }

  /**
   * What {@link #encode} has made this text of.
   *
   * @throws IllegalArgumentException if it has not
   */
  static Map<String, String> decode(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      while (in.available() > 0) {
        values.put(in.readUTF(), in.readUTF());
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("it is no session", e);
    }
    return values;
  }
}
