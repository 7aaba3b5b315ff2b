package dev.loomsocket.conformance;

import dev.loomsocket.App;
import dev.loomsocket.Loomsocket;
import dev.loomsocket.RunningApp;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Compression;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.util.Map;

/** The endpoints of the conformance table; all of them send back what they receive. */
final class Echoes {
  private static final int LIMIT = 16 << 20;

  private Echoes() {}

  /** Everything as it is by default. */
  @WebSocketEndpoint("/default")
  static class Default {
    @OnMessage
    String text(String text) {
      return text;
    }

    @OnMessage
    byte[] binary(byte[] bytes) {
      return bytes;
    }
  }

  /** Up to 16 MiB, and compresses whatever it sends if that is agreed on. */
  @WebSocketEndpoint(
      value = "/echo",
      maxMessageSize = LIMIT,
      compression = @Compression(threshold = 0))
  static class Echo {
    @OnMessage
    String text(String text) {
      return text;
    }

    @OnMessage
    byte[] binary(byte[] bytes) {
      return bytes;
    }
  }

  /** The same, and keeps what it can refer back to. */
  @WebSocketEndpoint(
      value = "/context",
      maxMessageSize = LIMIT,
      compression = @Compression(threshold = 0, contextTakeover = true))
  static class Context {
    @OnMessage
    String text(String text) {
      return text;
    }

    @OnMessage
    byte[] binary(byte[] bytes) {
      return bytes;
    }
  }

  /** Closes the session with 4000 after the text "close 4000". */
  @WebSocketEndpoint("/closing")
  static class Closing {
    @OnMessage
    String text(Session session, String text) {
      if (text.equals("close 4000")) {
        session.close(new CloseStatus(4000, "as you wish"));
        return "";
      }
      return text;
    }
  }

  /** {@link Echo}, but it reads messages while they arrive. */
  @WebSocketEndpoint(
      value = "/streamed/echo",
      maxStreamSize = LIMIT,
      compression = @Compression(threshold = 0))
  static class StreamedEcho {
    @OnMessage
    String text(Reader text) throws IOException {
      StringWriter all = new StringWriter();
      text.transferTo(all);
      return all.toString();
    }

    @OnMessage
    byte[] binary(InputStream bytes) throws IOException {
      return bytes.readAllBytes();
    }
  }

  /** {@link Context}, but it reads messages while they arrive. */
  @WebSocketEndpoint(
      value = "/streamed/context",
      maxStreamSize = LIMIT,
      compression = @Compression(threshold = 0, contextTakeover = true))
  static class StreamedContext {
    @OnMessage
    String text(Reader text) throws IOException {
      StringWriter all = new StringWriter();
      text.transferTo(all);
      return all.toString();
    }

    @OnMessage
    byte[] binary(InputStream bytes) throws IOException {
      return bytes.readAllBytes();
    }
  }

  /** From a path to its endpoint. */
  static final Map<String, Class<?>> ALL =
      Map.of(
          "/default", Default.class,
          "/echo", Echo.class,
          "/context", Context.class,
          "/closing", Closing.class,
          "/streamed/echo", StreamedEcho.class,
          "/streamed/context", StreamedContext.class);

  /** Starts a server with all of them on a free port. */
  static RunningApp start() {
    App app = Loomsocket.app().port(0);
    ALL.values().forEach(app::endpoint);
    return app.start();
  }

  /** The endpoint at a path, as it is annotated. */
  static WebSocketEndpoint at(String path) {
    return ALL.get(path).getAnnotation(WebSocketEndpoint.class);
  }
}
