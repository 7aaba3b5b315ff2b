package dev.loomsocket.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
  private record Line(String user, String text) {}

  private record Empty() {}

  private record Times(Instant at, LocalDate day, Duration length) {}

  private record Loop(List<Object> self) {}

  /** Has no property that JSON could show, and one getter that fails. */
  static final class Broken {
    public String getName() {
      throw new IllegalStateException("no name yet");
    }
  }

  private static String json(Object value) {
    return new String(Json.bytes(value), StandardCharsets.UTF_8);
  }

  @Test
  void recordsAreWrittenInTheOrderOfTheirComponents() {
    assertEquals("{\"user\":\"Ann\",\"text\":\"größer\"}", json(new Line("Ann", "größer")));
  }

  @Test
  void javaTimeIsIsoText() {
    var times = new Times(Instant.EPOCH, LocalDate.of(2026, 1, 2), Duration.ofSeconds(90));
    assertEquals(
        "{\"at\":\"1970-01-01T00:00:00Z\",\"day\":\"2026-01-02\",\"length\":\"PT1M30S\"}",
        json(times));
  }

  @Test
  void recordsWithoutComponentsMapsListsAndOptionalsHaveAJsonForm() {
    assertEquals("{}", json(new Empty()));
    assertEquals(
        "{\"a\":[1,true,null]}", json(Map.of("a", java.util.Arrays.asList(1, true, null))));
    assertEquals("\"x\"", json(Optional.of("x")));
    assertEquals("7", json(7));
  }

  @Test
  void aValueThatContainsItselfIsRefusedWithItsTypeAndNoStackOverflow() {
    List<Object> self = new ArrayList<>();
    self.add(self);
    var e = assertThrows(IllegalArgumentException.class, () -> Json.bytes(new Loop(self)));
    assertTrue(e.getMessage().startsWith("dev.loomsocket.json.JsonTest$Loop has no JSON form: "));
    assertEquals(1, e.getMessage().lines().count());
    assertTrue(e.getMessage().length() < 300, e.getMessage());
    assertNull(e.getCause(), "the way there has hundreds of lines");
  }

  @Test
  void aGetterThatFailsIsNamedAsTheReason() {
    var e = assertThrows(IllegalArgumentException.class, () -> Json.bytes(new Broken()));
    assertEquals(
        "dev.loomsocket.json.JsonTest$Broken has no JSON form: no name yet", e.getMessage());
    assertInstanceOf(IllegalStateException.class, e.getCause());
  }

  @Test
  void noClassOfJacksonIsLoadedBeforeTheFirstValue() throws Exception {
    var loader = new RecordingLoader();
    Class<?> json = Class.forName("dev.loomsocket.json.Json", true, loader);
    json.getMethod("decoder", Type.class).invoke(null, Line.class);
    json.getMethod("routes", Map.class).invoke(null, Map.of("line", Line.class));
    assertEquals(List.of(), loader.jackson);
    try {
      json.getMethod("bytes", Object.class).invoke(null, "text");
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    }
    assertFalse(loader.jackson.isEmpty());
  }

  /** Defines the classes of this package anew and notes which classes of Jackson they ask for. */
  private static final class RecordingLoader extends ClassLoader {
    final List<String> jackson = new ArrayList<>();

    RecordingLoader() {
      super(JsonTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("tools.jackson.")) {
        jackson.add(name);
      }
      if (!name.startsWith("dev.loomsocket.json.") || findLoadedClass(name) != null) {
        return super.loadClass(name, resolve);
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void aPropertyIsAddedBehindTheOthers() {
    byte[] empty = Json.bytes(new Empty());
    byte[] line = Json.bytes(new Line("Ann", "hi"));
    assertTrue(Json.isObject(empty) && Json.isObject(line));
    assertEquals("{\"@ask\":\"1\"}", text(Json.with(empty, "@ask", "1")));
    assertEquals(
        "{\"user\":\"Ann\",\"text\":\"hi\",\"@ask\":\"1\"}", text(Json.with(line, "@ask", "1")));
    assertFalse(Json.isObject(Json.bytes(List.of(1))));
    assertFalse(Json.isObject(Json.bytes(5)));
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  @Test
  void anObjectMayAsk() {
    assertEquals(Optional.of("7"), Json.ask("{\"type\":\"add\",\"@ask\":\"7\"}"));
    assertEquals(Optional.empty(), Json.ask("{\"type\":\"add\",\"@ask\":7}"));
    assertEquals(Optional.empty(), Json.ask("{\"type\":\"add\",\"a\":{\"@ask\":\"7\"}}"));
    assertEquals(Optional.empty(), Json.ask("{\"text\":\"@ask\"}"));
    assertEquals(Optional.empty(), Json.ask("hello \"@ask\""));
    assertEquals(Optional.empty(), Json.ask("{\"a\"\"@ask\":"));
  }
}
