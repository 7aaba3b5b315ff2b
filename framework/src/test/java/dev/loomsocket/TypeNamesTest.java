package dev.loomsocket;

import static dev.loomsocket.RawClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Type names go out as they come in, whichever way a message is sent. */
class TypeNamesTest {
  record Line(String text) {}

  record Move(int x) {}

  record Other(String type, int y) {}

  record Nameless(int z) {}

  /** Sends what it gets, in every way that there is. */
  @WebSocketEndpoint("/several")
  static class Several {
    private Room room;

    @OnOpen
    void open(Session session) {
      room = session.join("room");
    }

    @OnMessage
    Line line(Line line, Session session) {
      session.send(new Line("sent"));
      room.send(new Line("to the room"));
      return line;
    }

    @OnMessage("go")
    Stream<Move> move(Move move) {
      return Stream.of(move, new Move(2));
    }

    @OnMessage
    List<Object> other(Other other, Session session) {
      session.send(other);
      session.send(new Nameless(3));
      return List.of(new Line("inside"));
    }
  }

  @Test
  void everyWayOutHasThem() {
    try (RunningApp app =
            Loomsocket.app()
                .endpoint(Several.class)
                .get("/line", request -> Response.json(new Line("page")))
                .port(0)
                .start();
        RawClient client = RawClient.webSocket(app.port(), "/several");
        RawClient page = RawClient.connect(app.port())) {
      client.send(text("{\"type\":\"line\",\"text\":\"hi\"}"));
      assertEquals("{\"type\":\"line\",\"text\":\"sent\"}", client.frame().text());
      assertEquals("{\"type\":\"line\",\"text\":\"to the room\"}", client.frame().text());
      assertEquals("{\"type\":\"line\",\"text\":\"hi\"}", client.frame().text());
      client.send(text("{\"type\":\"go\",\"x\":1}"));
      assertEquals("{\"type\":\"go\",\"x\":1}", client.frame().text());
      assertEquals("{\"type\":\"go\",\"x\":2}", client.frame().text());
      client.send(text("{\"type\":\"other\",\"y\":4}"));
      assertEquals("{\"type\":\"other\",\"y\":4}", client.frame().text());
      assertEquals("{\"z\":3}", client.frame().text());
      assertEquals("[{\"text\":\"inside\"}]", client.frame().text());
      assertEquals("{\"text\":\"page\"}", page.get("/line").text());
    }
  }
}
