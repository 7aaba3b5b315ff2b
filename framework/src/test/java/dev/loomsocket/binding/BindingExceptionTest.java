package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BindingExceptionTest {
  private final Problem first = new Problem("com.acme.Chat", "this", "that", "do it");
  private final Problem second = new Problem("com.acme.Echo", "a", "b", "c");

  @Test
  void theReportNumbersAllMistakes() {
    var e = new BindingException(List.of(first, second));
    assertEquals(List.of(first, second), e.problems());
    assertEquals(
        """
        Loomsocket cannot start: 2 mistakes in the endpoints

        1. com.acme.Chat
           found:   this
           allowed: that
           remedy:  do it

        2. com.acme.Echo
           found:   a
           allowed: b
           remedy:  c
        """,
        e.getMessage());
  }

  @Test
  void oneMistakeIsNotPlural() {
    String message = new BindingException(List.of(first)).getMessage();
    assertEquals(
        "Loomsocket cannot start: 1 mistake in the endpoints", message.lines().findFirst().get());
  }
}
