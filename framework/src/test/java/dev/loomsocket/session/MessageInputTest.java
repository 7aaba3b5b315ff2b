package dev.loomsocket.session;

import static dev.loomsocket.session.Frames.client;
import static dev.loomsocket.session.Frames.close;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.net.Doing;
import dev.loomsocket.session.Served.Connection;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streamed messages that other threads than the connection's read. */
@Timeout(60)
class MessageInputTest {
  private static final int MORE = 0x02; // the first fragment of a binary message
  private static final int LAST = 0x80;

  @WebSocketEndpoint("/test")
  static class Delegating {
    private final Journal journal;
    private static final BlockingQueue<String> GO = new LinkedBlockingQueue<>();

    Delegating(Journal journal) {
      this.journal = journal;
    }

    @OnMessage
    String read(InputStream in) throws IOException, InterruptedException {
      Doing reading = Doing.start(() -> read(in, journal));
      if (GO.take().equals("wait")) {
        reading.await();
      }
      return "returned";
    }

    private static void read(InputStream in, Journal journal) {
      try {
        journal.add("reads");
        for (int b = in.read(); b >= 0; b = in.read()) {
          journal.add("byte " + b);
        }
        journal.add("end");
      } catch (IOException e) {
        journal.add(e.getMessage());
      }
    }
  }

  private final Served served = new Served(Delegating.class);

  @Test
  void anotherThreadMayReadWhileTheHandlerWaitsForIt() {
    Connection connection = served.connect().send(client(MORE, new byte[] {7}));
    served.journal().await("reads");
    served.journal().await("byte 7");
    Delegating.GO.add("wait");
    connection.send(client(LAST, new byte[] {8}));
    served.journal().await("byte 8");
    served.journal().await("end");
    connection.awaitFrames("text returned").send(close(1000)).awaitEnd();
  }

  @Test
  void aThreadThatStillReadsWhenTheHandlerReturnsIsTurnedAway() {
    Connection connection = served.connect().send(client(MORE, new byte[] {7}));
    served.journal().await("reads");
    served.journal().await("byte 7");
    connection.awaitIdle(); // the other thread waits for more
    Delegating.GO.add("do not wait");
    served.journal().await("the handler of this message has returned");
    connection.send(client(LAST, new byte[] {8}), client(MORE | LAST, new byte[0]));
    served.journal().await("reads");
    served.journal().await("end");
    Delegating.GO.add("wait");
    connection.awaitFrames("text returned", "text returned").send(close(1000)).awaitEnd();
    assertEquals("[]", served.journal().rest().toString());
  }
}
