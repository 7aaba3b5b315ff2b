package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerMethodsTest {
  private interface Greeting {
    @OnOpen
    default void greet() {}
  }

  private abstract static class Base<T> implements Greeting {
    @OnMessage
    void on(T message) {}

    @OnClose
    void close() {}

    @OnMessage
    private void hidden() {}

    void plain() {}
  }

  private static class Annotated extends Base<String> {
    @Override
    @OnMessage("again")
    void on(String message) {}

    @OnMessage
    private void hidden() {}
  }

  private static class Silent extends Base<String> {
    @Override
    void on(String message) {}

    @Override
    public void greet() {}
  }

  private static List<String> methods(Class<?> type) {
    return HandlerMethods.of(type, new GenericTypes(type)).stream()
        .map(
            method -> method.getDeclaringClass().getSimpleName() + "." + Problems.signature(method))
        .toList();
  }

  @Test
  void anOverridingMethodReplacesTheOneAboveEvenWhereItsTypeWasAVariable() {
    assertEquals(
        List.of(
            "Annotated.hidden()",
            "Annotated.on(String)",
            "Base.close()",
            "Base.hidden()",
            "Greeting.greet()"),
        methods(Annotated.class));
  }

  @Test
  void withoutAnnotationsOfItsOwnAnOverridingMethodLeavesThoseAboveStanding() {
    assertEquals(
        List.of("Base.close()", "Base.hidden()", "Base.on(Object)", "Greeting.greet()"),
        methods(Silent.class));
  }

  @Test
  void theLineageIsTheClassItsSuperclassesAndTheirInterfaces() {
    assertEquals(
        List.of(Silent.class, Base.class, Greeting.class),
        List.copyOf(HandlerMethods.lineage(Silent.class)));
  }
}
