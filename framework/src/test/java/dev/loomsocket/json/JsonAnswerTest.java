package dev.loomsocket.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonAnswerTest {
  private record Line(String text) {}

  private static JsonAnswer answer(String text) {
    return JsonAnswer.of(text).orElseThrow();
  }

  @Test
  void theValueBecomesWhatIsWanted() {
    JsonAnswer answer = answer("{\"@answer\":\"1a\",\"value\":{\"text\":\"hi\"}}");
    assertEquals("1a", answer.id());
    assertEquals(Optional.empty(), answer.failure());
    assertEquals(new Line("hi"), answer.value(Line.class));
    assertTrue(answer(" {\"value\":true, \"@answer\":\"2\"}").value(boolean.class));
    assertEquals("yes", answer("{\"@answer\":\"3\",\"value\":\"yes\"}").value(String.class));
  }

  @Test
  void anotherValueIsRefusedWithoutItsContent() {
    JsonAnswer answer = answer("{\"@answer\":\"1\",\"value\":{\"text\":[\"secret\"]}}");
    JsonException e = assertThrows(JsonException.class, () -> answer.value(Line.class));
    assertEquals("the JSON does not have the expected form at \"text\"", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"@answer\":\"1\",\"value\":null}", "{\"@answer\":\"1\"}"})
  void nothingIsNullWhichFewTypesTake(String text) {
    assertThrows(JsonException.class, () -> answer(text).value(Line.class));
    assertThrows(JsonException.class, () -> answer(text).value(int.class));
    assertTrue(answer(text).value(JsonNode.class).isNull());
    assertEquals(Optional.empty(), answer(text).value(Optional.class));
  }

  @Test
  void aFailureHasItsWordsAndTheyAreNotEndless() {
    JsonAnswer answer =
        answer(
            "{\"@answer\":\"1\",\"error\":{\"code\":\"no\",\"message\":\""
                + "x".repeat(999)
                + "\"}}");
    assertEquals("no", answer.failure().orElseThrow().code());
    assertEquals(200, answer.failure().orElseThrow().message().length());
    assertEquals("", answer("{\"@answer\":\"1\",\"error\":7}").failure().orElseThrow().code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "{\"text\":\"@answer\"}",
        "{\"text\":\"the \\\"@answer\\\"\"}",
        "{\"inside\":{\"@answer\":\"1\"}}",
        "[{\"@answer\":\"1\"}]",
        "\"@answer\"",
        "{\"@answer\":1}",
        "{\"@answer\":\"1\"",
        "{\"@answer\":\"1\",\"value\":[}",
        "{\"@answer\":null,\"value\":1}",
        "{\"type\":\"guess\",\"@answer\":\"42\"}",
      })
  void nothingElseIsAnAnswer(String text) {
    assertEquals(Optional.empty(), JsonAnswer.of(text));
  }
}
