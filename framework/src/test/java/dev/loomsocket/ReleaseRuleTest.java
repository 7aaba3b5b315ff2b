package dev.loomsocket;

import static dev.loomsocket.ReleaseRule.CALM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReleaseRuleTest {
  private final long start = Long.sum(Long.MAX_VALUE, -CALM); // the clock may overflow
  private final ReleaseRule rule = new ReleaseRule(4, start);

  @Test
  void asLongAsNobodyHoldsACarrierNoneIsFree() {
    assertEquals(0, rule.free(0, start));
    assertEquals(0, rule.free(0, start + 10 * CALM));
  }

  @Test
  void withTheFirstThatIsHeldAllAreFree() {
    assertEquals(4, rule.free(1, start));
  }

  @Test
  void afterACalmSecondOnlyThoseThatAreNeeded() {
    rule.free(1, start);
    rule.free(2, start + 1);
    assertEquals(4, rule.free(0, start + CALM - 1));
    assertEquals(2, rule.free(0, start + CALM));
    assertEquals(0, rule.free(0, start + 2 * CALM));
  }

  @Test
  void whoHoldsOneForEverKeepsOneFree() {
    rule.free(1, start);
    for (int i = 1; i < 10; i++) {
      assertEquals(1, rule.free(1, start + i * CALM));
    }
  }

  @Test
  void withOneMoreThanAreFreeAllAre() {
    rule.free(1, start);
    rule.free(1, start + CALM);
    assertEquals(4, rule.free(2, start + CALM + 1));
    assertEquals(4, rule.free(2, start + 2 * CALM));
    assertEquals(2, rule.free(2, start + 2 * CALM + 1));
  }

  @Test
  void moreThanThereAreCannotBeFree() {
    assertEquals(4, rule.free(7, start));
    assertEquals(4, rule.free(7, start + CALM));
    assertEquals(4, rule.free(4, start + 2 * CALM));
  }
}
