package dev.loomsocket;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Conversations with WebSocket clients that others wrote: each sends what people send and gets back
 * what it sent.
 */
class PeersTest {
  private static final int MESSAGES = 200;
  private static final int LARGEST = 100_000;
  private static RunningApp app;

  @WebSocketEndpoint("/echo")
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

  @BeforeAll
  static void start() {
    app = Loomsocket.app().endpoint(Echo.class).port(0).start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  /** What a peer can do, whoever wrote it. */
  private interface Peer {
    void text(String text) throws Exception;

    void binary(byte[] bytes) throws Exception;

    void close() throws Exception;
  }

  @Test
  void theJdksClientIsUnderstood() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      var socket =
          http.newWebSocketBuilder().buildAsync(uri(), new JdkListener(received)).get(20, SECONDS);
      converse(
          received,
          new Peer() {
            @Override
            public void text(String text) throws Exception {
              socket.sendText(text, true).get(20, SECONDS);
            }

            @Override
            public void binary(byte[] bytes) throws Exception {
              socket.sendBinary(ByteBuffer.wrap(bytes), true).get(20, SECONDS);
            }

            @Override
            public void close() throws Exception {
              socket.sendClose(1000, "").get(20, SECONDS);
            }
          });
    }
  }

  private static final class JdkListener implements java.net.http.WebSocket.Listener {
    private static final CompletionStage<?> DONE = CompletableFuture.completedStage("");

    private final BlockingQueue<String> received;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder binary = new StringBuilder();

    JdkListener(BlockingQueue<String> received) {
      this.received = received;
    }

    @Override
    public CompletionStage<?> onText(
        java.net.http.WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        received.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return DONE;
    }

    @Override
    public CompletionStage<?> onBinary(
        java.net.http.WebSocket socket, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      binary.append(HexFormat.of().formatHex(bytes));
      if (last) {
        received.add(binary.toString());
        binary.setLength(0);
      }
      socket.request(1);
      return DONE;
    }

    @Override
    public CompletionStage<?> onClose(
        java.net.http.WebSocket socket, int statusCode, String reason) {
      received.add("closed " + statusCode);
      return DONE;
    }
  }

  @Test
  void okHttpIsUnderstood() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    OkHttpClient http = new OkHttpClient();
    Request request = new Request.Builder().url(uri().toString()).build();
    WebSocket socket = http.newWebSocket(request, new OkHttpListener(received));
    converse(
        received,
        new Peer() {
          @Override
          public void text(String text) {
            socket.send(text);
          }

          @Override
          public void binary(byte[] bytes) {
            socket.send(ByteString.of(bytes));
          }

          @Override
          public void close() {
            socket.close(1000, "");
          }
        });
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private static final class OkHttpListener extends WebSocketListener {
    private final BlockingQueue<String> received;

    OkHttpListener(BlockingQueue<String> received) {
      this.received = received;
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
      received.add(text);
    }

    @Override
    public void onMessage(WebSocket socket, ByteString bytes) {
      received.add(bytes.hex());
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
      received.add("closed " + code);
    }

    @Override
    public void onFailure(WebSocket socket, Throwable thrown, Response response) {
      received.add("failed " + thrown);
    }
  }

  @Test
  void javaWebSocketIsUnderstood() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    JavaWebSocket socket = new JavaWebSocket(uri(), received);
    assertEquals(true, socket.connectBlocking(20, SECONDS));
    converse(
        received,
        new Peer() {
          @Override
          public void text(String text) {
            socket.send(text);
          }

          @Override
          public void binary(byte[] bytes) {
            socket.send(bytes);
          }

          @Override
          public void close() {
            socket.close(1000, "");
          }
        });
  }

  private static final class JavaWebSocket extends WebSocketClient {
    private final BlockingQueue<String> received;

    JavaWebSocket(URI uri, BlockingQueue<String> received) {
      super(uri);
      this.received = received;
    }

    @Override
    public void onOpen(ServerHandshake handshake) {}

    @Override
    public void onMessage(String text) {
      received.add(text);
    }

    @Override
    public void onMessage(ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      received.add(HexFormat.of().formatHex(copy));
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      received.add("closed " + code);
    }

    @Override
    public void onError(Exception thrown) {
      received.add("failed " + thrown);
    }
  }

  private static void converse(BlockingQueue<String> received, Peer peer) throws Exception {
    List<String> expected = new ArrayList<>();
    Random random = new Random(6455);
    for (int i = 0; i < MESSAGES; i++) {
      byte[] bytes = new byte[random.nextInt(i % 10 == 0 ? LARGEST : 300)];
      random.nextBytes(bytes);
      if (random.nextBoolean()) {
        String text = "Grüße 🧵 " + HexFormat.of().formatHex(bytes);
        peer.text(text);
        expected.add(text);
      } else {
        peer.binary(bytes);
        expected.add(HexFormat.of().formatHex(bytes));
      }
    }
    for (String message : expected) {
      assertEquals(message, received.poll(20, SECONDS));
    }
    peer.close();
    assertEquals("closed 1000", received.poll(20, SECONDS));
  }

  private static URI uri() {
    return URI.create("ws://localhost:" + app.port() + "/echo");
  }
}
