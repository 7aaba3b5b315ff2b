package dev.loomsocket.sample;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the sample's endpoints: sends, and takes what came one by one. */
final class Visitor implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private final BlockingQueue<Object> received = new LinkedBlockingQueue<>(); // String or byte[]
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  /**
   * Connects; a refused handshake is a CompletionException with a WebSocketHandshakeException as
   * its cause.
   */
  Visitor(URI address) {
    socket = HTTP.newWebSocketBuilder().buildAsync(address, new Listener()).join();
  }

  void say(String id, String text) {
    send(JSON.createObjectNode().put("id", id).put("text", text).toString());
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  void send(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** Sends a fragment of a binary message; {@link #send(byte[])} ends it. */
  void sendPart(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), false).join();
  }

  /** The next message, whole: a String or a byte[]. */
  Object next() throws InterruptedException {
    Object message = received.poll(10, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("no message came");
    }
    return message;
  }

  /** The next message, which is of that type. */
  JsonNode next(String type) throws InterruptedException {
    JsonNode message = JSON.readTree((String) next());
    if (!message.path("type").asString().equals(type)) {
      throw new AssertionError("not " + type + " but " + message);
    }
    return message;
  }

  /** The status with which the server closed. */
  int closed() {
    return closed.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    closed();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        received.add(text.toString());
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      bytes.writeBytes(part);
      if (last) {
        received.add(bytes.toByteArray());
        bytes.reset();
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed.completeExceptionally(error);
    }
  }
}
