package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.testing.Frames;
import dev.loomsocket.testing.TestApp;
import dev.loomsocket.testing.TestClient;
import dev.loomsocket.testing.TroublesomePeer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EchoTest {
  private static final int LARGEST = 16 * 1024 * 1024;

  private TestApp app;
  private TestClient client;

  @BeforeEach
  void start() {
    app = TestApp.start(Main.app());
    client = app.connect("/echo");
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void textComesBackAsItWas() {
    for (String text : new String[] {"", "hello", "{\"type\":\"line\"}", "grüße 世界 🧶\u0000\n"}) {
      assertEquals(text, client.send(text).expect(String.class));
    }
  }

  @Test
  void binaryComesBackAsItWasInEveryLengthForm() {
    for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, LARGEST}) {
      byte[] sent = new byte[size];
      new Random(size).nextBytes(sent);
      assertArrayEquals(sent, client.send(sent).expect(byte[].class));
    }
  }

  @Test
  void textOfTheLargestSizeComesBack() {
    String sent = "ab€".repeat(LARGEST / 5);
    assertEquals(sent, client.send(sent).expect(String.class));
  }

  @Test
  void aMessageMayComeInAnyFragments() {
    TroublesomePeer peer = app.connectTroublesome("/echo");
    Frames.everyFragmentation("wörld 🧶")
        .forEach(message -> assertEquals("wörld 🧶", peer.send(message).expectText()));
  }

  @Test
  void aLargerMessageIsTooBig() {
    TroublesomePeer peer = app.connectTroublesome("/echo");
    assertEquals(1009, peer.send(Frames.header(0x82, LARGEST + 1)).expectClose().code());
  }
}
