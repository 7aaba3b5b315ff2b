package dev.loomsocket.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The JDK's own client, which knows no compression. */
final class JdkPeer implements Peer {

  @Override
  public void converse(URI endpoint, List<Message> messages) throws Exception {
    Echoes echoes = new Echoes(messages);
    try (HttpClient http = HttpClient.newHttpClient()) {
      WebSocket socket =
          http.newWebSocketBuilder().buildAsync(endpoint, new Listener(echoes)).join();
      echoes.exchange(message ->
          (message.isText()
                  ? socket.sendText(message.text(), true)
                  : socket.sendBinary(ByteBuffer.wrap(message.bytes()), true))
              .get(20, TimeUnit.SECONDS));
      socket.sendClose(1000, "").join();
      assertEquals(1000, echoes.closeCode());
    }
  }

  private static final class Listener implements WebSocket.Listener {
    private final Echoes echoes;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    Listener(Echoes echoes) {
      this.echoes = echoes;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        echoes.text(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      binary.writeBytes(bytes);
      if (last) {
        echoes.received(new Message(false, binary.toByteArray()));
        binary.reset();
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      echoes.closed(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable thrown) {
      echoes.failed(thrown);
    }
  }
}
