package dev.loomsocket.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** OkHttp, which always offers compression. */
final class OkHttpPeer implements Peer {

  @Override
  public void converse(URI endpoint, List<Message> messages) throws Exception {
    OkHttpClient http = new OkHttpClient();
    Echoes echoes = new Echoes(messages);
    Request request = new Request.Builder().url(endpoint.toString()).build();
    WebSocket socket = http.newWebSocket(request, new Listener(echoes));
    echoes.exchange(message ->
        assertTrue(
            message.isText()
                ? socket.send(message.text())
                : socket.send(ByteString.of(message.bytes())),
            "its queue is full"));
    socket.close(1000, "");
    assertEquals(1000, echoes.closeCode());
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private static final class Listener extends WebSocketListener {
    private final Echoes echoes;

    Listener(Echoes echoes) {
      this.echoes = echoes;
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
      echoes.text(text);
    }

    @Override
    public void onMessage(WebSocket socket, ByteString bytes) {
      echoes.received(new Message(false, bytes.toByteArray()));
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
      echoes.closed(code);
    }

    @Override
    public void onFailure(WebSocket socket, Throwable thrown, @Nullable Response response) {
      echoes.failed(thrown);
    }
  }
}
