package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;

import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.Session;
import java.util.List;
import java.util.Map;

/** Binds the endpoint classes of tests. */
final class Bound {
  private Bound() {}

  static Endpoint endpoint(Class<?> type, Object... services) {
    return new Binder(List.of(services)).bind(List.of(type), List.of()).getFirst();
  }

  /** An instance before its handshake, for a path without variables and a URL without query. */
  static EndpointInstance instance(Class<?> type, Object... services) {
    return endpoint(type, services).open(Map.of(), Map.of());
  }

  /** An instance whose connection is open. */
  static EndpointInstance open(Class<?> type, Object... services) throws Throwable {
    EndpointInstance instance = instance(type, services);
    instance.handshake(mock(Handshake.class));
    instance.open(mock(Session.class));
    return instance;
  }

  static List<Problem> problems(Class<?> type, Object... services) {
    return assertThrows(BindingException.class, () -> endpoint(type, services)).problems();
  }

  /** The problem of the method, for comparison with what was reported. */
  static Problem problem(
      Class<?> type, String member, String found, String allowed, String remedy) {
    return new Problem(type.getName() + member, found, allowed, remedy);
  }
}
