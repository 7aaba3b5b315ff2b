package dev.loomsocket.testing;

import dev.loomsocket.App;
import dev.loomsocket.Loomsocket;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An endpoint with a bit of everything, for the tests of the kit. */
@WebSocketEndpoint(value = "/talk", maxQueueSize = 64 * 1024)
final class Talk {
  record Line(String text) {}

  record Move(int x, int y) {}

  sealed interface Shape {
    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}
  }

  /** With which codes connections ended. */
  record Log(BlockingQueue<Object> ends) {
    Log() {
      this(new LinkedBlockingQueue<>());
    }
  }

  private final Log log;

  Talk(Log log) {
    this.log = log;
  }

  static App app(Log log, String... arguments) {
    return Loomsocket.app(arguments).endpoint(Talk.class).add(log);
  }

  @OnHandshake
  void greet(Handshake handshake, @QueryParam(defaultValue = "") String as) {
    if (as.equals("nobody")) {
      throw new HttpException(401, "who are you?");
    }
    if (as.equals("guest") && handshake.cookie("id").isEmpty()) {
      throw new HttpException(403, "no cookie");
    }
  }

  @OnOpen
  void open(Session session) {
    session.join("all");
  }

  @OnMessage
  Object line(Line in, Session session) {
    return switch (in.text()) {
      case "close" -> {
        session.close(new CloseStatus(4001, "as you like"));
        yield null;
      }
      case "ping" -> {
        session.ping();
        yield "pinged";
      }
      case "flood" -> {
        for (int i = 0; i < 1_000; i++) {
          session.join("all").sendExcept(session, "x".repeat(10_000));
        }
        yield "flooded";
      }
      default -> "{\"type\":\"line\",\"text\":\"%s\"}".formatted(in.text());
    };
  }

  @OnMessage("step")
  String move(Move move) {
    return "{\"type\":\"step\",\"x\":%d,\"y\":%d}".formatted(move.x + 1, move.y + 1);
  }

  @OnMessage
  String shape(Shape shape) {
    return switch (shape) {
      case Shape.Circle circle -> "{\"type\":\"square\",\"side\":%s}".formatted(circle.radius);
      case Shape.Square square -> "{\"type\":\"circle\",\"radius\":%s}".formatted(square.side);
    };
  }

  @OnMessage
  String text(String text) {
    return text;
  }

  @OnMessage
  byte[] binary(byte[] bytes) {
    return bytes;
  }

  @OnClose
  void close(CloseStatus status) {
    log.ends.add(status.code());
  }
}
