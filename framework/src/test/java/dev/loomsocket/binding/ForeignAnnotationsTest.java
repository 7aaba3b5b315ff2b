package dev.loomsocket.binding;

import static dev.loomsocket.binding.Bound.problem;
import static dev.loomsocket.binding.Bound.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.WebSocketEndpoint;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignAnnotationsTest {
  private static final String ALLOWED = "the types of dev.loomsocket.websocket";

  @ServerEndpoint("/a")
  @WebSocketEndpoint("/a/{room}")
  private static class Mixed {
    @jakarta.websocket.OnMessage
    void line(String text) {}

    @OnOpen
    void open(jakarta.websocket.Session session, @PathParam("room") String room) {}
  }

  @Test
  void annotationsAndTypesOfTheJakartaApiAreReportedWithTheRightImport() {
    assertEquals(
        List.of(
            problem(
                Mixed.class,
                "",
                "@jakarta.websocket.server.ServerEndpoint, which means nothing to Loomsocket",
                ALLOWED,
                "import dev.loomsocket.websocket.WebSocketEndpoint instead"),
            problem(
                Mixed.class,
                ".line(String)",
                "@jakarta.websocket.OnMessage, which means nothing to Loomsocket",
                ALLOWED,
                "import dev.loomsocket.websocket.OnMessage instead"),
            problem(
                Mixed.class,
                ".open(Session, String)",
                "jakarta.websocket.Session, which means nothing to Loomsocket",
                ALLOWED,
                "import dev.loomsocket.websocket.Session instead"),
            problem(
                Mixed.class,
                ".open(Session, String)",
                "@jakarta.websocket.server.PathParam, which means nothing to Loomsocket",
                ALLOWED,
                "import dev.loomsocket.websocket.PathParam instead")),
        problems(Mixed.class));
  }
}
