package dev.loomsocket.binding;

import static dev.loomsocket.binding.Bound.open;
import static dev.loomsocket.binding.Bound.problem;
import static dev.loomsocket.binding.Bound.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.websocket.BadMessageException;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonMethodsTest {
  private record Line(String text) {}

  private record Move(int x, int y) {}

  private record Page<T>(List<T> items) {}

  private sealed interface Command permits Start, Stop, Admin {}

  private record Start(String job) implements Command {}

  private record Stop() implements Command {}

  private sealed interface Admin extends Command permits Kick {}

  private record Kick(String who) implements Admin {}

  private static String refusal(EndpointInstance instance, String text) {
    var e = assertThrows(BadMessageException.class, () -> instance.text(text));
    return e.code() + ": " + e.getMessage();
  }

  @WebSocketEndpoint("/a")
  private static class Single {
    @OnMessage
    Line line(Line line) {
      return new Line(line.text + "!");
    }
  }

  @Test
  void aSingleMethodGetsEveryText() throws Throwable {
    assertEquals(
        new Line("hi!"), open(Single.class).text("{\"text\":\"hi\",\"type\":\"whatever\"}"));
    assertEquals(
        "bad-json: this is not JSON (line 1, column 1)", refusal(open(Single.class), "hello"));
  }

  @WebSocketEndpoint("/a")
  private static class Lists {
    @OnMessage
    int lines(List<Line> lines) {
      return lines.getFirst().text.length();
    }
  }

  @WebSocketEndpoint("/a")
  private static class Number {
    @OnMessage
    long twice(int number) {
      return 2L * number;
    }
  }

  @Test
  void aSingleMethodMayTakeAListOrANumber() throws Throwable {
    assertEquals(2, open(Lists.class).text("[{\"text\":\"hi\"}]"));
    assertEquals(14L, open(Number.class).text("7"));
  }

  @WebSocketEndpoint("/a")
  private static class Several {
    @OnMessage
    String line(Line line) {
      return "line " + line.text;
    }

    @OnMessage("go")
    String move(Move move) {
      return "go " + move.x;
    }

    @OnMessage
    String page(Page<Line> page) {
      return "page " + page.items.getFirst().text;
    }

    @OnMessage("map")
    String map(Map<String, Object> map) {
      return "map " + map.get("a");
    }

    @OnMessage("node")
    String node(JsonNode node) {
      return "node " + node.get("a");
    }
  }

  @Test
  void theTypeChoosesByTheNameInTheAnnotationOrTheClass() throws Throwable {
    var several = open(Several.class);
    assertEquals("line hi", several.text("{\"type\":\"line\",\"text\":\"hi\"}"));
    assertEquals("go 3", several.text("{\"x\":3,\"y\":4,\"type\":\"go\"}"));
    assertEquals("page a", several.text("{\"type\":\"page\",\"items\":[{\"text\":\"a\"}]}"));
    assertEquals("map 1", several.text("{\"type\":\"map\",\"a\":1}"));
    assertEquals("node 1", several.text("{\"type\":\"node\",\"a\":1}"));
    assertEquals(
        "unknown-type: the \"type\" of the message is unknown: it is one of go, line, map, node, page",
        refusal(several, "{\"type\":\"move\"}"));
  }

  @WebSocketEndpoint("/a")
  private static class Named {
    @OnMessage("say")
    String line(Line line) {
      return line.text;
    }
  }

  @Test
  void aNameAsksForTheTypeEvenOfASingleMethod() throws Throwable {
    assertEquals("hi", open(Named.class).text("{\"type\":\"say\",\"text\":\"hi\"}"));
    assertEquals(
        "unknown-type: the message has no \"type\": it is one of say",
        refusal(open(Named.class), "{\"text\":\"hi\"}"));
  }

  @WebSocketEndpoint("/a")
  private static class Sealed {
    @OnMessage
    String command(Command command) {
      return command.toString();
    }
  }

  @Test
  void aSealedInterfaceStandsForItsRecordsAndThoseOfSealedOnesBelow() throws Throwable {
    var sealed = open(Sealed.class);
    assertEquals("Start[job=x]", sealed.text("{\"type\":\"start\",\"job\":\"x\"}"));
    assertEquals("Stop[]", sealed.text("{\"type\":\"stop\"}"));
    assertEquals("Kick[who=Bob]", sealed.text("{\"type\":\"kick\",\"who\":\"Bob\"}"));
  }

  private sealed interface Event<T> permits Added, Emptied {}

  private record Added<U>(List<U> items) implements Event<U> {}

  private record Emptied<U>() implements Event<U> {}

  @WebSocketEndpoint("/a")
  private static class GenericSealed {
    @OnMessage
    String event(Event<Line> event) {
      return event instanceof Added<Line> added ? added.items.getFirst().text : "nothing";
    }
  }

  @Test
  void theRecordsOfAGenericSealedInterfaceTakeItsArguments() throws Throwable {
    var sealed = open(GenericSealed.class);
    assertEquals("hi", sealed.text("{\"type\":\"added\",\"items\":[{\"text\":\"hi\"}]}"));
    assertEquals("nothing", sealed.text("{\"type\":\"emptied\"}"));
  }

  @WebSocketEndpoint("/a")
  private static class Mixed {
    @OnMessage
    String line(Line line) {
      return "line " + line.text;
    }

    @OnMessage
    String text(String text) {
      return "text " + text;
    }
  }

  @Test
  void aMethodForStringGetsWhatNoJsonMethodClaims() throws Throwable {
    var mixed = open(Mixed.class);
    assertEquals("line hi", mixed.text("{\"type\":\"line\",\"text\":\"hi\"}"));
    assertEquals("text hello", mixed.text("hello"));
    assertEquals("text {\"text\":\"hi\"}", mixed.text("{\"text\":\"hi\"}"));
    assertEquals(
        "bad-json: the JSON does not have the expected form at \"text\" (line 1, column 23)",
        refusal(mixed, "{\"type\":\"line\",\"text\":{}}"));
  }

  private abstract static class Base<T> {
    @OnMessage
    String on(T message) {
      return "base " + message;
    }
  }

  @WebSocketEndpoint("/a")
  private static class Generic extends Base<Line> {}

  @Test
  void theTypeOfAnInheritedMethodIsThatOfTheSubclass() throws Throwable {
    assertEquals("base Line[text=hi]", open(Generic.class).text("{\"text\":\"hi\"}"));
  }

  @WebSocketEndpoint("/a")
  private static class SameType {
    @OnMessage
    void first(Line line) {}

    @OnMessage
    void second(Line line) {}

    @OnMessage("line")
    void third(Move move) {}
  }

  @Test
  void twoMethodsForOneTypeAreReported() {
    String found = "it takes the messages with \"type\":\"line\", which first(Line) takes already";
    String remedy = "remove one of the two, or name one: @OnMessage(\"anotherName\")";
    assertEquals(
        List.of(
            problem(SameType.class, ".second(Line)", found, "one method for each \"type\"", remedy),
            problem(SameType.class, ".third(Move)", found, "one method for each \"type\"", remedy)),
        problems(SameType.class));
  }

  @WebSocketEndpoint("/a")
  private static class NamedSealed {
    @OnMessage("command")
    void command(Command command) {}
  }

  @Test
  void aNameOnASealedTypeIsReported() {
    assertEquals(
        List.of(
            problem(
                NamedSealed.class,
                ".command(Command)",
                "@OnMessage(\"command\") takes the sealed type Command",
                "no name on a sealed type: each of its records has one",
                "write @OnMessage without a name; the records' own names are the types")),
        problems(NamedSealed.class));
  }

  private sealed interface Leaky permits Hole, Fine {}

  private non-sealed interface Hole extends Leaky {}

  private record Fine() implements Leaky {}

  @WebSocketEndpoint("/a")
  private static class TakesLeaky {
    @OnMessage
    void leaky(Leaky leaky) {}
  }

  @Test
  void aSealedTypeWithAnOpenInterfaceBelowIsReported() {
    assertEquals(
        List.of(
            problem(
                TakesLeaky.class,
                ".leaky(Leaky)",
                "Hole, permitted by Leaky, is nothing that a JSON object can become",
                "records and classes below a sealed type, and further sealed types",
                "make Hole a record, or seal it too")),
        problems(TakesLeaky.class));
  }

  private interface Store {}

  @WebSocketEndpoint("/a")
  private static class TakesInterface {
    @OnMessage
    void store(Store store) {}
  }

  @Test
  void anInterfaceAsMessageIsReportedAndAMissingServiceIsThoughtOf() {
    assertEquals(
        List.of(
            problem(
                TakesInterface.class,
                ".store(Store)",
                "the message is the interface Store, which no JSON can become",
                "records, classes, sealed interfaces of records, JsonNode, Map, List",
                "take a record; if Store is a service, hand one over with app.add(...)")),
        problems(TakesInterface.class));
  }

  @WebSocketEndpoint("/a")
  private static class OfAnotherJackson {
    @OnMessage
    void node(com.fasterxml.jackson.databind.JsonNode node) {}
  }

  @Test
  void theNodeOfJackson2IsReportedWithTheRightImport() {
    assertEquals(
        List.of(
            problem(
                OfAnotherJackson.class,
                ".node(JsonNode)",
                "the message is com.fasterxml.jackson.databind.JsonNode, which is of Jackson 2;"
                    + " Loomsocket has Jackson 3",
                "the types of Jackson 3, in tools.jackson.databind",
                "import tools.jackson.databind.JsonNode instead")),
        problems(OfAnotherJackson.class));
  }

  @WebSocketEndpoint("/a")
  private static class Typeless {
    @OnMessage
    void line(Line line) {}

    @OnMessage("lines")
    void lines(List<Line> lines) {}

    @OnMessage
    void map(Map<String, String> map) {}
  }

  @Test
  void amongSeveralAMessageNeedsANameAndAnObjectToCarryIt() {
    assertEquals(
        List.of(
            problem(
                Typeless.class,
                ".lines(List)",
                "it takes List<Line>, whose JSON has no \"type\" to tell it from the endpoint's other text messages",
                "JSON objects, where an endpoint has several methods for text",
                "put it into a record and take that, or make it the only method for text"),
            problem(
                Typeless.class,
                ".map(Map)",
                "it takes Map<String, String>, which does not say which of the endpoint's text messages are meant",
                "a record or class, whose name is the \"type\", or a name in the annotation",
                "write @OnMessage(\"name\"), or make it the only method for text")),
        problems(Typeless.class));
  }
}
