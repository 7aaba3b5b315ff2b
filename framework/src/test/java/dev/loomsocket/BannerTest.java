package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.http.Response;
import dev.loomsocket.http.StaticFiles;
import dev.loomsocket.scanned.nothing.Nobody;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BannerTest {

  @WebSocketEndpoint("/chat/{room}")
  static class Chat {
    @OnOpen
    void open(@PathParam String room) {}
  }

  @Test
  void thereIsALineForEachEndpointRouteAndRootOfFilesAndLastTheAddress(@TempDir Path directory) {
    try (RunningApp app =
        Loomsocket.app()
            .endpoint(Chat.class)
            .get("/users/{id}", request -> Response.status(204))
            .post("/users", request -> Response.status(204))
            .files(StaticFiles.fromDirectory(directory).under("/pictures"))
            .port(0)
            .start()) {
      assertEquals(
          List.of(
              "  WebSocket  /chat/{room}                  dev.loomsocket.BannerTest$Chat",
              "  GET        /users/{id}",
              "  POST       /users",
              "  Files      /pictures/ from " + directory,
              "  Files      / from /public on the class path",
              "Loomsocket is listening on http://127.0.0.1:" + app.port() + "/"),
          app.banner());
    }
  }

  @Test
  void whereNoEndpointWasFoundItSaysWhereItLooked() {
    try (RunningApp app =
        Loomsocket.app()
            .scan(Nobody.class)
            .withoutPublicFiles()
            .get("/", request -> Response.status(204))
            .port(0)
            .start()) {
      assertEquals(
          List.of(
              "  GET        /",
              "  no endpoint in dev.loomsocket.scanned.nothing and below (Loomsocket.run looks in"
                  + " the package of its caller, app.scan in that of its class)"),
          app.banner().subList(0, 2));
    }
  }
}
