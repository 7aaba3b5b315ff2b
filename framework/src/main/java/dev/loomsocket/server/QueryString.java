package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.PercentEncoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters in the form {@code a=1&b=2}, as a query or an urlencoded form has them. */
final class QueryString {
  /**
   * No page has so many; without a limit, a body of 1 MiB makes a hundred times as much garbage.
   */
  private static final int MOST = 1_000;

  private QueryString() {}

  /**
   * Decodes all parameters, in their order.
   *
   * @throws HttpException 400 if an escape is broken, or there are too many
   */
  static Map<String, List<String>> parse(String text) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    int count = 0;
    for (int from = 0; from < text.length(); ) {
      int ampersand = text.indexOf('&', from);
      int to = ampersand < 0 ? text.length() : ampersand;
      if (to > from) {
        if (++count > MOST) {
          throw new HttpException(400, "more than " + MOST + " parameters");
        }
        int sign = text.indexOf('=', from, to);
        int nameEnd = sign < 0 ? to : sign;
        parameters
            .computeIfAbsent(decode(text.substring(from, nameEnd)), name -> new ArrayList<>(1))
            .add(decode(text.substring(Math.min(nameEnd + 1, to), to)));
      }
      from = to + 1;
    }
    parameters.replaceAll((name, values) -> List.copyOf(values));
    return Collections.unmodifiableMap(parameters);
  }

  private static String decode(String text) {
    return PercentEncoding.decode(text.replace('+', ' '))
        .orElseThrow(() -> new HttpException(400, "a parameter is not well encoded"));
  }
}
