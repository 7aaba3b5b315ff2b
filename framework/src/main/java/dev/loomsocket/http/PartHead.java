package dev.loomsocket.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What the header lines of a part say (RFC 7578 §4).
 *
 * @param fileName without directories; empty for what is no file
 */
record PartHead(String name, Optional<String> fileName, String contentType) {

  /** Takes the lines. */
  static final class Builder {
    private Optional<MediaType> disposition = Optional.empty();
    private String contentType = "text/plain"; // §4.4

    /**
     * Takes a line without its end; others than the two that mean something are left out (§4.8).
     *
     * @throws HttpException 400
     */
    void add(byte[] line) {
      String text = decode(line);
      int colon = text.indexOf(':');
      if (colon < 1 || !FieldText.isToken(text.substring(0, colon))) {
        throw new HttpException(400, "a part of the form has a line that is no header");
      }
      String value = text.substring(colon + 1).strip();
      switch (text.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-disposition" -> {
          if (disposition.isPresent()) {
            throw new HttpException(400, "a part of the form has two names");
          }
          disposition = Optional.of(MediaType.parse(value));
        }
        case "content-type" -> contentType = value;
        default -> {}
      }
    }

    private static String decode(byte[] line) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      } catch (CharacterCodingException notUtf8) {
        throw new HttpException(400, "a header of the form is not UTF-8");
      }
    }

    PartHead build() {
      MediaType value =
          disposition
              .filter(type -> type.isOf("form-data"))
              .orElseThrow(() -> new HttpException(400, "a part of the form is no form-data"));
      String name =
          value
              .parameter("name")
              .map(Builder::unescape)
              .orElseThrow(() -> new HttpException(400, "a part of the form has no name"));
      return new PartHead(
          name,
          value.parameter("filename").map(Builder::unescape).map(Builder::lastName),
          contentType);
    }

    /** As browsers write the three characters that would end a name: nothing else is an escape. */
    private static String unescape(String text) {
      return text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    }

    /** §4.2: directories are not to be believed. */
    private static String lastName(String path) {
      return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
  }
}
