package dev.loomsocket.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ServerHandshake;

/** Java-WebSocket with its extension. */
final class JavaWebSocketPeer implements Peer {

  @Override
  public void converse(URI endpoint, List<Message> messages) throws Exception {
    Echoes echoes = new Echoes(messages);
    Client client = new Client(endpoint, echoes);
    assertTrue(client.connectBlocking(20, TimeUnit.SECONDS));
    echoes.exchange(message -> {
      if (message.isText()) {
        client.send(message.text());
      } else {
        client.send(message.bytes());
      }
    });
    client.close(1000, "");
    assertEquals(1000, echoes.closeCode());
  }

  private static final class Client extends WebSocketClient {
    private final Echoes echoes;

    Client(URI endpoint, Echoes echoes) {
      super(endpoint, new Draft_6455(new PerMessageDeflateExtension()));
      this.echoes = echoes;
    }

    @Override
    public void onOpen(ServerHandshake handshake) {}

    @Override
    public void onMessage(String text) {
      echoes.text(text);
    }

    @Override
    public void onMessage(ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      echoes.received(new Message(false, copy));
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      echoes.closed(code);
    }

    @Override
    public void onError(Exception thrown) {
      echoes.failed(thrown);
    }
  }
}
