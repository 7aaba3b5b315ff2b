package dev.loomsocket.session;

import static dev.loomsocket.session.Frames.client;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.net.Doing;
import dev.loomsocket.session.Served.Connection;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that are read in other threads than their handler's. */
@Timeout(60)
class MessageInputTest {
  private static final int FIRST = 0x02;
  private static final int LAST = 0x80;

  /** Has its messages read by another thread, and does not wait for the end. */
  @WebSocketEndpoint("/test")
  static class Careless {
    private final Journal journal;

    Careless(Journal journal) {
      this.journal = journal;
    }

    @OnMessage
    String binary(InputStream in) throws IOException {
      int first = in.read();
      if (first == 0) {
        Doing.start(() -> read(in)).awaitParked(); // for what has not come
      } else {
        Doing.start(() -> read(in)).await();
      }
      return "returned";
    }

    private void read(InputStream in) {
      try {
        journal.add("read " + in.readAllBytes().length);
      } catch (IOException e) {
        journal.add(String.valueOf(e.getMessage()));
      }
    }
  }

  private final Served served = new Served(Careless.class);
  private final Connection connection = served.connect();

  @Test
  void anotherThreadMayReadWhileTheHandlerRuns() {
    connection.send(client(FIRST, new byte[] {1}), client(LAST, new byte[99]));
    connection.awaitFrames("text returned");
    served.journal().await("read 99");
    connection.send(Frames.close(1000)).awaitEnd();
  }

  @Test
  void aReadThatIsUnderWayWhenTheHandlerReturnsEndsThere() {
    connection.send(client(FIRST, new byte[] {0}));
    served.journal().await("the handler of this message has returned");
    connection.send(client(LAST, new byte[99]), client(Frames.BINARY, new byte[] {1, 1}));
    connection.awaitFrames("text returned", "text returned");
    served.journal().await("read 1");
    connection.send(Frames.close(1000)).awaitEnd();
    assertEquals(0, served.journal().rest().size());
  }
}
