package dev.loomsocket.http;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A way to make files smaller on their way (RFC 9110 §8.4.1). */
enum ContentCoding {
  BROTLI("br", ".br"),
  GZIP("gzip", ".gz");

  private static final Pattern WEIGHT = Pattern.compile("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)");

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
    Map<String, Double> weights = weights(header);
    double others = weights.getOrDefault("*", 0.0);
    double plain = weights.getOrDefault("identity", 0.0);
    Map<ContentCoding, Double> accepted = new EnumMap<>(ContentCoding.class);
    for (ContentCoding coding : values()) {
      double weight = weights.getOrDefault(coding.token, others);
      if (weight > 0 && weight >= plain) {
        accepted.put(coding, weight);
      }
    }
    return accepted.keySet().stream()
        .sorted(Comparator.comparing(accepted::get, Comparator.reverseOrder())) // stable
        .toList();
  }

  /** What is said of each name, from 0 to 1; of equal names the first counts. */
  private static Map<String, Double> weights(String header) {
    Map<String, Double> weights = new HashMap<>();
    for (String element : header.toLowerCase(Locale.ROOT).split(",")) {
      int end = element.indexOf(';');
      String name = (end < 0 ? element : element.substring(0, end)).strip();
      double weight = end < 0 ? 1 : weight(element.substring(end + 1).split(";", 2)[0].strip());
      weights.putIfAbsent(name.startsWith("x-") ? name.substring(2) : name, weight);
    }
    return weights;
  }

  /** §12.4.2; what is no weight is none. */
  private static double weight(String text) {
    return WEIGHT.matcher(text).matches() ? Double.parseDouble(text.substring(2)) : 0;
  }
}
