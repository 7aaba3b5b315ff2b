package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.Loomsocket;
import dev.loomsocket.RunningApp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two guests talk to the running server. */
class ChatTest {
  @Test
  void everybodyInTheRoomReadsWhatOneSays() throws Exception {
    try (RunningApp app = Loomsocket.app().scan(Chat.class).port(0).start();
        HttpClient client = HttpClient.newHttpClient()) {
      Guest ann = Guest.enter(client, app.port(), "Ann");
      assertEquals("{\"user\":\"\",\"text\":\"Ann joined\"}", ann.reads());

      Guest bob = Guest.enter(client, app.port(), "Bob");
      assertEquals("{\"user\":\"\",\"text\":\"Bob joined\"}", ann.reads());
      assertEquals("{\"user\":\"\",\"text\":\"Bob joined\"}", bob.reads());

      bob.sends("{\"text\":\"hello\"}");
      assertEquals("{\"user\":\"Bob\",\"text\":\"hello\"}", ann.reads());
      assertEquals("{\"user\":\"Bob\",\"text\":\"hello\"}", bob.reads());

      bob.leaves();
      assertEquals("{\"user\":\"\",\"text\":\"Bob left\"}", ann.reads());
      ann.leaves();
    }
  }

  /** A client in the room "lobby" with the messages that it has not read yet. */
  private static final class Guest implements WebSocket.Listener {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private WebSocket socket;

    static Guest enter(HttpClient client, int port, String name) {
      Guest guest = new Guest();
      URI uri = URI.create("ws://127.0.0.1:" + port + "/chat/lobby?name=" + name);
      guest.socket = client.newWebSocketBuilder().buildAsync(uri, guest).join();
      return guest;
    }

    void sends(String text) {
      socket.sendText(text, true).join();
    }

    String reads() throws InterruptedException {
      return received.poll(10, TimeUnit.SECONDS);
    }

    void leaves() {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        received.add(part.toString());
        part.setLength(0);
      }
      webSocket.request(1);
      return null;
    }
  }
}
