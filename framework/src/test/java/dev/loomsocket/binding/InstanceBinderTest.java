package dev.loomsocket.binding;

import static dev.loomsocket.binding.Bound.problem;
import static dev.loomsocket.binding.Bound.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceBinderTest {
  private static final String CLASSES = "classes and records that are top-level or static";
  private static final String OTHER = "annotate a class that implements or extends it instead";

  private interface Store {}

  private record Memory() implements Store {}

  private record Disk() implements Store {}

  @WebSocketEndpoint("/a")
  private static final class Counter {
    private final Store store;
    private int count;

    private Counter(Store store) {
      this.store = store;
    }

    @OnMessage
    private String count(String text) {
      return store + " " + ++count;
    }
  }

  @Test
  void eachConnectionGetsItsOwnInstanceMadeWithTheServices() throws Throwable {
    Endpoint endpoint = Bound.endpoint(Counter.class, new Memory());
    var first = endpoint.open(Map.of(), Map.of());
    var second = endpoint.open(Map.of(), Map.of());
    assertEquals("Memory[] 1", first.text(""));
    assertEquals("Memory[] 2", first.text(""));
    assertEquals("Memory[] 1", second.text(""));
  }

  @WebSocketEndpoint("/a")
  private record AsRecord(Store store) {
    @OnMessage
    String text(String text) {
      return text + store;
    }
  }

  @Test
  void anEndpointMayBeARecord() throws Throwable {
    assertEquals("hiMemory[]", Bound.instance(AsRecord.class, new Memory()).text("hi"));
  }

  @Test
  void aSharedInstanceIsAlwaysTheSame() throws Throwable {
    Object instance = new Object();
    var handle = InstanceBinder.shared(instance);
    assertSame(instance, handle.invoke());
    assertSame(instance, handle.invoke());
  }

  @Test
  void aServiceThatIsMissingIsReported() {
    assertEquals(
        List.of(
            problem(
                Counter.class,
                "(Store)",
                "no service fills the parameter \"store\" (Store) of the constructor",
                "services that are handed over with app.add(...); values of the URL go to @OnHandshake and @OnOpen"
                    + " methods",
                "hand a Store over with app.add(...), or remove the parameter")),
        problems(Counter.class));
  }

  @Test
  void aServiceThatIsThereTwiceIsReported() {
    assertEquals(
        List.of(
            problem(
                Counter.class,
                "(Store)",
                "2 services fit the parameter \"store\" (Store): "
                    + Memory.class.getName()
                    + ", "
                    + Disk.class.getName(),
                "one service for each type that is asked for",
                "ask for one of these classes, or hand over only one of them with app.add(...)")),
        problems(Counter.class, new Memory(), new Disk()));
  }

  @WebSocketEndpoint("/a")
  private static class Several {
    @SuppressWarnings("unused")
    Several() {}

    @SuppressWarnings("unused")
    Several(Store store) {}
  }

  @Test
  void severalConstructorsAreReported() {
    assertEquals(
        List.of(
            problem(
                Several.class,
                "",
                "it has 2 constructors, and nothing says which one is meant",
                "a single constructor, whose parameters are services",
                "leave one of them")),
        problems(Several.class));
  }

  @WebSocketEndpoint("/a")
  private class Inner {}

  @WebSocketEndpoint("/a")
  private abstract static class Abstract {}

  @WebSocketEndpoint("/a")
  private interface Interface {}

  @WebSocketEndpoint("/a")
  private enum Enum {}

  private static Problem unmakeable(Class<?> type, String kind, String remedy) {
    return problem(
        type, "", "it is " + kind + ": no connection can get an instance of it", CLASSES, remedy);
  }

  @Test
  void whatHasNoInstancesOfItsOwnIsReported() {
    assertEquals(
        List.of(
            unmakeable(
                Inner.class,
                "an inner class, whose instances need one of the class around it",
                "add the word static, or hand an instance over with app.add(...) for all connections")),
        problems(Inner.class));
    assertEquals(List.of(unmakeable(Abstract.class, "abstract", OTHER)), problems(Abstract.class));
    assertEquals(
        List.of(unmakeable(Interface.class, "an interface", OTHER)), problems(Interface.class));
    assertEquals(List.of(unmakeable(Enum.class, "an enum", OTHER)), problems(Enum.class));
  }
}
