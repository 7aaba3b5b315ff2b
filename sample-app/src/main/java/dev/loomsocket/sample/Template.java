package dev.loomsocket.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Markup with places such as <code>{{name}}</code>. What is put there is escaped, so it is shown
 * and never becomes markup. Immutable.
 */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private final String markup;
  private final Map<String, String> values; // escaped

  private Template(String markup, Map<String, String> values) {
    this.markup = markup;
    this.values = values;
  }

  /** The file of that name in {@code templates}. */
  static Template of(String file) {
    try (InputStream in = Template.class.getResourceAsStream("/templates/" + file)) {
      return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with a text in a place. */
  Template with(String place, Object text) {
    return withMarkup(place, escaped(String.valueOf(text)));
  }

  /** The same with the markup of other templates in a place. */
  Template withMarkup(String place, String markup) {
    Map<String, String> more = new HashMap<>(values);
    more.put(place, markup);
    return new Template(this.markup, more);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** The markup; a place that nothing was said of is empty. */
  @Override
  public String toString() {
    return PLACE
        .matcher(markup)
        .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
  }
}
