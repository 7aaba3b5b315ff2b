package dev.loomsocket.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A way to make files smaller on their way (RFC 9110 §8.4.1). */
enum ContentCoding {
  BROTLI("br", ".br"),
  GZIP("gzip", ".gz");

  private final String token;
  private final String ending;

  ContentCoding(String token, String ending) {
    this.token = token;
    this.ending = ending;
  }

  /** What Content-Encoding says. */
  String token() {
    return token;
  }

  /** Of the name of a file that has been made smaller already. */
  String ending() {
    return ending;
  }

  /**
   * Those that a client takes, the one that it likes best first (RFC 9110 §12.5.3); none that it
   * likes less than the plain file. Of equal ones brotli is smaller.
   *
   * @param header all of Accept-Encoding
   */
  static List<ContentCoding> accepted(String header) {
    if (header.isBlank()) {
      return List.of();
    }
    double plain = Math.max(0, quality(header, "identity", false));
    List<ContentCoding> accepted = new ArrayList<>();
    for (ContentCoding coding : values()) {
      double quality = quality(header, coding.token, true);
      if (quality > 0 && quality >= plain) {
        accepted.add(coding);
      }
    }
    accepted.sort(
        Comparator.comparingDouble(coding -> -quality(header, coding.token, true))); // stable
    return accepted;
  }

  /** From 0 to 1; −1 if nothing is said about it. */
  private static double quality(String header, String token, boolean others) {
    double any = -1;
    for (String element : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = element.split(";", -1);
      String name = parts[0].strip();
      double quality = parts.length > 1 ? weight(parts[1].strip()) : 1;
      if (name.equals(token) || name.equals("x-" + token)) {
        return quality;
      }
      if (others && name.equals("*")) {
        any = quality;
      }
    }
    return any;
  }

  /** §12.4.2; what is no weight is none. */
  private static double weight(String text) {
    return text.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")
        ? Double.parseDouble(text.substring(2))
        : 0;
  }
}
