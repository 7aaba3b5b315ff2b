package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class BannerTest {

  @WebSocketEndpoint("/chat/{room}")
  static class Chat {}

  @Test
  void thereIsALineForEachEndpointAndRouteAndLastTheAddress() {
    try (RunningApp app =
        Loomsocket.app()
            .endpoint(Chat.class)
            .get("/users/{id}", request -> Response.status(204))
            .post("/users", request -> Response.status(204))
            .port(0)
            .start()) {
      assertEquals(
          List.of(
              "  WebSocket  /chat/{room}                  dev.loomsocket.BannerTest$Chat",
              "  GET        /users/{id}",
              "  POST       /users",
              "Loomsocket is listening on http://127.0.0.1:" + app.port() + "/"),
          app.banner());
    }
  }
}
