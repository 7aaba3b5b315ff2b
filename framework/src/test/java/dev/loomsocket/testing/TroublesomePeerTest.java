package dev.loomsocket.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class TroublesomePeerTest {
  private final Talk.Log log = new Talk.Log();
  private TestApp app;
  private TroublesomePeer peer;

  @BeforeEach
  void start() {
    app = TestApp.start(Talk.app(log, "--close-timeout=100ms")); // for those who stall
    peer = app.connectTroublesome("/talk");
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void everyFragmentationIsTheSameMessage() {
    for (byte[] message : Frames.everyFragmentation("grüße!").toList()) {
      assertEquals("grüße!", peer.send(message).expectText());
    }
  }

  @Test
  void aMessageMayComeByteByByte() {
    assertEquals("hello", peer.dribble(Frames.text("hello")).expectText());
  }

  @Test
  void fragmentsMayBeEmptyAndHavePingsBetweenThem() {
    List<byte[]> fragments = Frames.fragments("hello", 0, 2, 2);
    assertEquals(4, fragments.size());
    peer.send(fragments.get(0), Frames.ping((byte) 7), fragments.get(1)).send(fragments.get(2));
    assertEquals("Pong 07", peer.expectFrame().toString());
    assertEquals("hello", peer.send(fragments.get(3)).expectText());
  }

  @ParameterizedTest
  @EnumSource
  void badFramesAreAnsweredWithTheirCode(BadFrame frame) throws InterruptedException {
    assertEquals(frame.closeCode(), peer.send(frame).expectClose().code());
    assertEquals(frame.closeCode(), log.ends().take());
  }

  @Test
  void aReaderThatStallsIsGivenUp() throws InterruptedException {
    TestClient other = app.connect("/talk");
    other.send(new Talk.Line("flood"));
    assertEquals(1013, log.ends().take());
    assertEquals("flooded", other.expect(String.class));
  }

  @Test
  void aResetIsAnEnd() throws InterruptedException {
    peer.reset();
    assertEquals(1006, log.ends().take());
  }

  @Test
  void anEndWithoutACloseIsOneToo() throws InterruptedException {
    peer.hangUp();
    assertEquals(1006, log.ends().take());
  }

  @Test
  void aHalfClosedConnectionIsAnEnd() throws InterruptedException {
    peer.halfClose();
    assertEquals(1006, log.ends().take());
    assertEquals(1006, peer.expectClose().code());
  }

  @Test
  void whoseOtherHalfIsGoneIsFoundOut() throws InterruptedException {
    try (TestApp asking = TestApp.start(Talk.app(log, "--ping-after=50ms", "--pong-within=50ms"))) {
      asking.connectTroublesome("/talk");
      assertEquals(1006, log.ends().take()); // it has not answered the Ping
    }
  }

  @Test
  void whatIsSaidBeforeAnyHandshakeIsItsOwnToo() {
    TroublesomePeer silent = app.connectSilent();
    silent.dribble("GET / HTTP/9.9\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
    assertEquals("HTTP/1.1 505", silent.expectEnd().substring(0, 12));
  }

  @Test
  void whatDoesNotComeIsMissedInTime() {
    TroublesomePeer hasty = app.patience(Duration.ofMillis(50)).connectSilent();
    assertThrows(AssertionError.class, hasty::expectFrame);
    assertThrows(AssertionError.class, hasty::expectText);
    assertThrows(AssertionError.class, hasty::expectClose);
    assertThrows(AssertionError.class, hasty::expectEnd);
  }
}
