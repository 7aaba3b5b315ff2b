package dev.loomsocket.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The escapes of a URL: {@code %} and two hex digits for each byte of a character's UTF-8 form (RFC
 * 3986 §2.1).
 *
 * <pre>{@code
 * Response.redirect("/chat/" + PercentEncoding.encode(room));
 * }</pre>
 */
public final class PercentEncoding {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentEncoding() {}

  /**
   * Escapes all but the unreserved characters of RFC 3986 §2.3, so that the result fits into any
   * part of a URL.
   */
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /**
   * Replaces each escape by what it stands for; empty if an escape is broken or the bytes are not
   * UTF-8.
   */
  public static Optional<String> decode(String encoded) {
    int escape = encoded.indexOf('%');
    if (escape < 0) {
      return Optional.of(encoded);
    }
    byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
    int to = 0;
    for (int from = 0; from < bytes.length; to++) {
      if (bytes[from] != '%') {
        bytes[to] = bytes[from++];
      } else if (from + 2 < bytes.length && isHex(bytes[from + 1]) && isHex(bytes[from + 2])) {
        bytes[to] =
            (byte)
                (HexFormat.fromHexDigit(bytes[from + 1]) << 4
                    | HexFormat.fromHexDigit(bytes[from + 2]));
        from += 3;
      } else {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, to)).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  private static boolean isHex(byte b) {
    return HexFormat.isHexDigit(b);
  }

  private static boolean isUnreserved(byte b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }
}
