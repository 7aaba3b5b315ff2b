package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServicesTest {
  private interface Store {}

  private static class Memory implements Store {}

  private static final class Cached extends Memory {}

  private final Memory memory = new Memory();
  private final Cached cached = new Cached();

  @Test
  void aServiceIsFoundByItsClassAndByEverythingThatItIs() {
    Services services = new Services(List.of("text", cached));
    assertEquals(List.of(cached), services.of(Cached.class));
    assertEquals(List.of(cached), services.of(Memory.class));
    assertEquals(List.of(cached), services.of(Store.class));
    assertEquals(List.of(), services.of(Number.class));
  }

  @Test
  void theExactClassWinsOverItsSubclasses() {
    Services services = new Services(List.of(cached, memory));
    assertEquals(List.of(memory), services.of(Memory.class));
    assertEquals(List.of(cached, memory), services.of(Store.class));
  }

  @Test
  void nothingAsksForJustAnyObject() {
    assertEquals(List.of(), new Services(List.of(cached)).of(Object.class));
  }
}
