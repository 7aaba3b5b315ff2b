package dev.loomsocket.json;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a peer answers: <code>{"@answer":"…","value":…}</code>, or <code>
 * {"@answer":"…","error":{"code":"…","message":"…"}}</code>. Immutable; it is the text until
 * somebody wants the value.
 */
public final class JsonAnswer {
  private static final String MARK = "\"@answer\"";
  private static final int LONGEST_TEXT = 200; // of a failure, in characters

  private final String id;
  private final String text;

  private JsonAnswer(String id, String text) {
    this.id = id;
    this.text = text;
  }

  /** Why there is no value; texts of the peer's, cut where they are long. */
  public record Failure(String code, String message) {}

  /**
   * The answer that the text is: an object that has a string {@code "@answer"} and no string {@code
   * "type"}. For other texts this costs next to nothing, and for none it takes memory.
   */
  public static Optional<JsonAnswer> of(String text) {
    if (!text.contains(MARK)) {
      return Optional.empty();
    }
    try {
      String id = Jackson.string(text, "@answer");
      return id != null && Jackson.string(text, "type") == null
          ? Optional.of(new JsonAnswer(id, text))
          : Optional.empty();
    } catch (JsonException notJson) {
      return Optional.empty();
    }
  }

  /** What the answer's question was called. */
  public String id() {
    return id;
  }

  /**
   * The failure if there is one instead of a value.
   *
   * @throws JsonException if the text is not JSON in the end
   */
  public Optional<Failure> failure() {
    JsonNode whole = Jackson.tree(text);
    JsonNode error = whole.path("error");
    return whole.has("error")
        ? Optional.of(new Failure(text(error.path("code")), text(error.path("message"))))
        : Optional.empty();
  }

  private static String text(JsonNode node) {
    String text = node.asString("");
    return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
  }

  /**
   * The value; none is the same as null.
   *
   * @throws JsonException if the value is not of this type, or null where that is none of it
   * @throws IllegalStateException if no JSON at all can become this type; the message says why
   */
  public <T> T value(Class<T> type) {
    Object value = Jackson.read(Jackson.reader(type), Jackson.tree(text).path("value"));
    if (value == null) {
      throw new JsonException("the JSON is null where a value is expected");
    }
    @SuppressWarnings("unchecked") // Class.cast would not do for primitive types
    T typed = (T) value;
    return typed;
  }
}
