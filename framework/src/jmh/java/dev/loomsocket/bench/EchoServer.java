package dev.loomsocket.bench;

import dev.loomsocket.Loomsocket;
import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Overflow;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;

/**
 * The server that is measured beside its peers: echo, broadcast and a small page, as a user would
 * write them.
 */
public final class EchoServer {
  private EchoServer() {}

  /** Every message comes back. */
  @WebSocketEndpoint(value = "/echo", maxMessageSize = 16 * 1024 * 1024)
  static final class Echo {
    @OnMessage
    String text(String text) {
      return text;
    }

    @OnMessage
    byte[] binary(byte[] bytes) {
      return bytes;
    }
  }

  /** What is said, and by whom. */
  record Line(String user, String text) {}

  /** Every message is decoded, and comes back encoded. */
  @WebSocketEndpoint("/json")
  static final class Json {
    @OnMessage
    Line line(Line line) {
      return line;
    }
  }

  /** Every message goes to all. */
  @WebSocketEndpoint("/broadcast")
  static final class Broadcast {
    private Room room;

    @OnOpen
    void open(Session session) {
      room = session.join("all");
    }

    @OnMessage
    void text(String text) {
      room.send(text);
    }

    @OnMessage
    void binary(byte[] bytes) {
      room.send(bytes);
    }
  }

  /** The same, and who does not read gets the newest only. */
  @WebSocketEndpoint(value = "/lossy", overflow = Overflow.DROP_OLDEST)
  static final class Lossy {
    private Room room;

    @OnOpen
    void open(Session session) {
      room = session.join("lossy");
    }

    @OnMessage
    void binary(byte[] bytes) {
      room.send(bytes);
    }
  }

  /** Takes the port as its argument. */
  public static void main(String[] args) {
    Loomsocket.app()
        .scan(EchoServer.class)
        .get("/", request -> Response.text("hello from a virtual thread\n"))
        .port(Integer.parseInt(args[0]))
        .run();
  }
}
