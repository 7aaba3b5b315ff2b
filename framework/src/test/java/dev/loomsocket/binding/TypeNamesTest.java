package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TypeNamesTest {
  private record Line(String text) {}

  private record Page<T>(List<T> items) {}

  private sealed interface Command permits Start, Stop {}

  private record Start() implements Command {}

  private record Stop() implements Command {}

  private static Map<Class<?>, String> names(Class<?>... endpoints) {
    return TypeNames.of(Stream.of(endpoints).map(type -> Bound.endpoint(type)).toList());
  }

  @WebSocketEndpoint("/a")
  private static class Several {
    @OnMessage
    void line(Line line) {}

    @OnMessage("sheet")
    void page(Page<Line> page) {}

    @OnMessage
    void command(Command command) {}

    @OnMessage("map")
    void map(Map<String, Object> map) {}
  }

  @Test
  void classesGoOutUnderTheNamesUnderWhichTheyComeIn() {
    assertEquals(
        Map.of(Line.class, "line", Page.class, "sheet", Start.class, "start", Stop.class, "stop"),
        names(Several.class));
  }

  @WebSocketEndpoint("/b")
  private static class Lone {
    @OnMessage
    void line(Line line) {}
  }

  @Test
  void aClassHasItsNameAlsoWhereItIsTheOnlyOne() {
    assertEquals(Map.of(Line.class, "line"), names(Lone.class));
    assertEquals(names(Several.class), names(Several.class, Lone.class));
  }

  @WebSocketEndpoint("/c")
  private static class Said {
    @OnMessage("said")
    void line(Line line) {}
  }

  @WebSocketEndpoint("/d")
  private static class Twice {
    @OnMessage("enter")
    void enter(Line line) {}

    @OnMessage("leave")
    void leave(Line line) {}

    @OnMessage
    void start(Start start) {}
  }

  @Test
  void aClassWithSeveralNamesHasNone() {
    assertEquals(Map.of(), names(Lone.class, Said.class));
    assertEquals(Map.of(Start.class, "start"), names(Twice.class));
  }

  @WebSocketEndpoint("/e")
  private static class Lines {
    @OnMessage
    void lines(List<Line> lines) {}
  }

  @WebSocketEndpoint("/f")
  private static class Node {
    @OnMessage
    void node(JsonNode node) {}
  }

  @Test
  void whatIsNoClassOfTheUsersHasNoName() {
    assertEquals(Map.of(), names(Lines.class, Node.class));
  }
}
