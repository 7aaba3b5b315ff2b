package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.session.PreparedMessage.Fate;
import dev.loomsocket.session.WaitingLine.Waiting;
import dev.loomsocket.websocket.Overflow;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingLineTest {
  private final WaitingLine line = new WaitingLine();

  @Test
  void whoComesFirstGoesFirst() {
    add("a", null);
    add("b", Overflow.DROP_OLDEST);
    add("c", Overflow.CONFLATE);
    assertEquals("a", text(line.poll()));
    assertEquals("b", text(line.poll()));
    assertEquals("c", text(line.poll()));
    assertNull(line.poll());
    assertTrue(line.isEmpty());
  }

  @Test
  void theOldestThatMayBeDroppedIsNotTheFirst() {
    add("a", null);
    add("b", Overflow.DROP_OLDEST);
    add("c", Overflow.CONFLATE);
    add("d", Overflow.DROP_OLDEST);
    assertEquals("b", text(line.pollOldest()));
    assertEquals("d", text(line.pollOldest()));
    assertNull(line.pollOldest());
    assertEquals("a", text(line.poll()));
    assertEquals("c", text(line.poll()));
  }

  @Test
  void aKeyFindsTheOneThatWaits() {
    add("a", Overflow.CONFLATE);
    assertNull(line.poll("b"));
    assertEquals("a", text(line.poll("a")));
    assertNull(line.poll("a"));
    add("a", Overflow.DROP_OLDEST); // under another policy nothing takes its place
    assertNull(line.poll("a"));
  }

  @Test
  void aNumberHasPassedWhenNobodyOfThatAgeWaits() {
    assertTrue(line.hasPassed(line.lastNumber()));
    add("a", null);
    add("b", Overflow.CONFLATE);
    int both = line.lastNumber();
    add("c", null);
    assertFalse(line.hasPassed(both));
    line.poll("b");
    assertFalse(line.hasPassed(both));
    line.poll();
    assertTrue(line.hasPassed(both));
    assertFalse(line.isEmpty());
  }

  @Test
  void whatIsForgottenIsGone() {
    add("a", Overflow.CONFLATE);
    add("b", Overflow.DROP_OLDEST);
    line.clear();
    assertTrue(line.isEmpty());
    assertNull(line.poll());
    assertNull(line.pollOldest());
    assertNull(line.poll("a"));
  }

  /** Beside a list in which everything is looked for. */
  @Test
  void anyOrderOfComingAndGoingIsTheSameLine() {
    Random random = new Random(7);
    Overflow[] kinds = {null, Overflow.DROP_OLDEST, Overflow.CONFLATE};
    List<Map.Entry<String, @Nullable Overflow>> expected = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> {
          Overflow kind = kinds[random.nextInt(kinds.length)];
          String text = kind == Overflow.CONFLATE ? "key" + random.nextInt(5) : "no" + i;
          if (kind == Overflow.CONFLATE) {
            line.poll(text);
            expected.removeIf(each -> each.getKey().equals(text));
          }
          add(text, kind);
          expected.add(new SimpleEntry<>(text, kind));
        }
        case 3 ->
            assertEquals(
                expected.isEmpty() ? null : expected.removeFirst().getKey(), text(line.poll()));
        case 4 -> {
          var oldest =
              expected.stream().filter(e -> e.getValue() == Overflow.DROP_OLDEST).findFirst();
          oldest.ifPresent(expected::remove);
          assertEquals(oldest.map(Map.Entry::getKey).orElse(null), text(line.pollOldest()));
        }
        default -> {
          String key = "key" + random.nextInt(5);
          boolean there = expected.removeIf(each -> each.getKey().equals(key));
          assertEquals(there ? key : null, text(line.poll(key)));
        }
      }
    }
    while (!expected.isEmpty()) {
      assertEquals(expected.removeFirst().getKey(), text(line.poll()));
    }
    assertTrue(line.isEmpty());
  }

  private void add(String text, @Nullable Overflow overflow) {
    line.add(new PreparedMessage(Message.text(text), new Fate(overflow, text)), false, overflow);
  }

  private static @Nullable String text(@Nullable Waiting waiting) {
    return waiting == null
        ? null
        : new String(waiting.message().message().payload(), StandardCharsets.UTF_8);
  }
}
