package dev.loomsocket.binding;

import dev.loomsocket.bench.MicroBenchmark;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Calls a handler with a text, a path parameter and the session. */
public class EndpointInstanceBenchmark extends MicroBenchmark {
  private String message = "hello";
  private EndpointInstance instance;

  /** Sends a text back; with other arguments than it should have, something else. */
  @WebSocketEndpoint("/chat/{room}")
  public static final class Echo {
    @OnMessage
    String text(String text, @PathParam String room, Session session) {
      return session == null ? room : text;
    }
  }

  @Setup
  public void open() throws Throwable {
    Endpoint endpoint = new Binder(List.of()).bind(List.of(Echo.class), List.of()).getFirst();
    instance = endpoint.open(Map.of("room", "hall"), Map.of());
    instance.open(
        (Session)
            Proxy.newProxyInstance(
                Session.class.getClassLoader(),
                new Class<?>[] {Session.class},
                (session, method, arguments) -> null));
  }

  @Benchmark
  public Object text() throws Throwable {
    return instance.text(message);
  }
}
