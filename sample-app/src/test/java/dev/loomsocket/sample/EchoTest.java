package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.RunningApp;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EchoTest {
  private static final int LARGEST = 16 * 1024 * 1024;

  private RunningApp app;
  private Visitor visitor;

  @BeforeEach
  void start() {
    app = Main.app().port(0).start();
    visitor = new Visitor(URI.create("ws://127.0.0.1:%d/echo".formatted(app.port())));
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void textComesBackAsItWas() throws InterruptedException {
    for (String text : new String[] {"", "hello", "{\"type\":\"line\"}", "grüße 世界 🧶\u0000\n"}) {
      visitor.send(text);
      assertEquals(text, visitor.next());
    }
  }

  @Test
  void binaryComesBackAsItWasInEveryLengthForm() throws InterruptedException {
    for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, LARGEST}) {
      byte[] sent = new byte[size];
      new Random(size).nextBytes(sent);
      visitor.send(sent);
      assertArrayEquals(sent, (byte[]) visitor.next());
    }
  }

  @Test
  void textOfTheLargestSizeComesBack() throws InterruptedException {
    String sent = "ab€".repeat(LARGEST / 5);
    visitor.send(sent);
    assertEquals(sent, visitor.next());
  }

  @Test
  void aLargerMessageIsTooBig() {
    visitor.sendPart(new byte[LARGEST]);
    visitor.send(new byte[1]);
    assertEquals(1009, visitor.closed());
  }
}
