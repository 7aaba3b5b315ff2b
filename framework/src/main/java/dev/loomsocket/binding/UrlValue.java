package dev.loomsocket.binding;

import dev.loomsocket.http.HttpException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One {@code @PathParam} or {@code @QueryParam}: its name, and how its text becomes the parameter's
 * value.
 *
 * @param defaultValue what stands for an absent query parameter
 */
record UrlValue(
    Origin origin, String name, Shape shape, Converter converter, @Nullable String defaultValue) {
  /** The part of the URL that the text comes from. */
  enum Origin {
    PATH("path", 404),
    QUERY("query", 400);

    private final String word;

    /** The status of the answer to a text that does not convert. */
    private final int status;

    Origin(String word, int status) {
      this.word = word;
      this.status = status;
    }

    private HttpException refusal(String name, String what) {
      return new HttpException(status, "the " + word + " parameter \"" + name + "\" " + what);
    }
  }

  /** How many texts the parameter takes. */
  enum Shape {
    ONE,
    OPTIONAL,
    LIST
  }

  /**
   * The value in a URL; HttpException 404 or 400 if it is absent or does not convert. Never repeats
   * the text.
   */
  Object of(Map<String, String> path, Map<String, List<String>> query) {
    List<String> texts = texts(path, query);
    return switch (shape) {
      case ONE -> {
        if (texts.isEmpty()) {
          throw origin.refusal(name, "is missing");
        }
        yield convert(texts.getFirst());
      }
      case OPTIONAL -> texts.isEmpty() ? Optional.empty() : Optional.of(convert(texts.getFirst()));
      case LIST -> {
        List<Object> values = new ArrayList<>(texts.size());
        texts.forEach(text -> values.add(convert(text)));
        yield List.copyOf(values);
      }
    };
  }

  private List<String> texts(Map<String, String> path, Map<String, List<String>> query) {
    if (origin == Origin.PATH) {
      String text = path.get(name);
      return text == null ? List.of() : List.of(text);
    }
    List<String> texts = query.getOrDefault(name, List.of());
    return texts.isEmpty() && defaultValue != null ? List.of(defaultValue) : texts;
  }

  private Object convert(String text) {
    return converter
        .convert(text)
        .orElseThrow(() -> origin.refusal(name, "is not " + converter.expected()));
  }
}
