package dev.loomsocket.binding;

import static dev.loomsocket.binding.Bound.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BinderTest {
  private final Binder binder = new Binder(List.of());

  private List<Problem> problems(List<Class<?>> classes, Object... shared) {
    return assertThrows(BindingException.class, () -> binder.bind(classes, List.of(shared)))
        .problems();
  }

  @WebSocketEndpoint("/counter")
  private static class Counter {
    private int count;

    @OnMessage
    int count(String text) {
      return ++count;
    }
  }

  @Test
  void aSharedObjectServesAllConnectionsAndReplacesItsClass() throws Throwable {
    List<Endpoint> endpoints = binder.bind(List.of(Counter.class), List.of(new Counter()));
    assertEquals(1, endpoints.size());
    assertEquals(1, endpoints.getFirst().open(Map.of(), Map.of()).text(""));
    assertEquals(2, endpoints.getFirst().open(Map.of(), Map.of()).text(""));
  }

  @WebSocketEndpoint("/inner")
  private class Inner implements Opens {}

  @Test
  void aSharedObjectMayBeOfAnInnerClass() {
    assertEquals(Inner.class, binder.bind(List.of(), List.of(new Inner())).getFirst().type());
  }

  private static class Base {
    @OnOpen
    void open() {}
  }

  @WebSocketEndpoint("/sub")
  private static class Sub extends Base {}

  @Test
  void aClassWithoutTheAnnotationMayStandThereToBeInheritedFrom() {
    assertEquals(1, binder.bind(List.of(Base.class, Sub.class), List.of()).size());
    assertEquals(1, binder.bind(List.of(Base.class), List.of(new Sub())).size());
  }

  @Test
  void handlerMethodsInAClassWithoutTheAnnotationAreReported() {
    assertEquals(
        List.of(
            problem(
                Base.class,
                "",
                "it has no @WebSocketEndpoint, but handler methods: open()",
                "endpoints with @WebSocketEndpoint, and superclasses of such endpoints",
                "write @WebSocketEndpoint(\"/path\") on the class, or take the annotations off its methods")),
        problems(List.of(Base.class)));
  }

  @Test
  void anObjectWithoutTheAnnotationIsReported() {
    assertEquals(
        List.of(
            problem(
                String.class,
                "",
                "it has no @WebSocketEndpoint",
                "endpoints with @WebSocketEndpoint, and superclasses of such endpoints",
                "write @WebSocketEndpoint(\"/path\") on the class")),
        problems(List.of(), "text"));
  }

  @WebSocketEndpoint("/chat/{a}")
  private static class First implements Opens {}

  @WebSocketEndpoint("/chat/{b}")
  private static class Second implements Opens {}

  @WebSocketEndpoint(
      value = "/chat/{c}",
      subprotocols = {"v1", "v2"})
  private static class Third implements Opens {}

  @WebSocketEndpoint(
      value = "/chat/{d}",
      subprotocols = {"v2", "v3"})
  private static class Fourth implements Opens {}

  @WebSocketEndpoint("/chat/lobby")
  private static class Fifth implements Opens {}

  @Test
  void anEndpointThatNoHandshakeReachesIsReported() {
    String allowed =
        "a path of its own for each endpoint, or the same path with different subprotocols";
    assertEquals(
        List.of(
            problem(
                Second.class,
                "",
                "its path /chat/{b} matches the same requests as /chat/{a} of "
                    + First.class.getName(),
                allowed,
                "change one of the two paths, or write subprotocols for one of the two"),
            problem(
                Fourth.class,
                "",
                "its path /chat/{d} and subprotocol \"v2\" match the same requests as /chat/{c} of "
                    + Third.class.getName(),
                allowed,
                "change one of the two paths, or remove the subprotocol from one of the two")),
        problems(List.of(First.class, Second.class, Third.class, Fourth.class)));
  }

  @Test
  void differentShapesOrSubprotocolsTellEndpointsApart() {
    assertEquals(3, binder.bind(List.of(First.class, Third.class, Fifth.class), List.of()).size());
  }

  @WebSocketEndpoint("bad")
  private abstract static class Bad {
    @OnMessage
    static void text(String text) {}
  }

  @Test
  void everyMistakeOfEveryEndpointIsInTheReport() {
    assertEquals(4, problems(List.of(Bad.class, First.class, Second.class)).size());
  }

  @Test
  void aClassThatIsThereTwiceIsBoundOnce() {
    assertEquals(1, binder.bind(List.of(First.class, First.class), List.of()).size());
  }
}
