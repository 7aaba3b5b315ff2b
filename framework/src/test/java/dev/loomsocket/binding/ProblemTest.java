package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProblemTest {
  @Test
  void aProblemReadsAsAPlaceAndThreeSentences() {
    assertEquals(
        """
        com.acme.Chat.line(Foo)
           found:   this
           allowed: that
           remedy:  do it\
        """,
        new Problem("com.acme.Chat.line(Foo)", "this", "that", "do it").toString());
  }
}
