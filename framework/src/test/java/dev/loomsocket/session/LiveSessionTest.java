package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.SessionClosedException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LiveSessionTest {
  private final Member member = Member.of(new Rooms(), "7");
  private final LiveSession session = member.session();
  private final Peer peer = member.peer();

  @Test
  void tellsWhoItIs() {
    assertEquals("7", session.id());
    assertEquals("Session[7 /test]", session.toString());
    assertEquals(Optional.of("1"), session.queryParam("a"));
    assertEquals(Optional.empty(), session.queryParam("b"));
    assertEquals(Map.of("a", List.of("1", "2")), session.queryParams());
    assertThrows(IllegalArgumentException.class, () -> session.pathParam("room"));
    assertEquals(Optional.empty(), session.user());
    assertEquals(Optional.of("v1"), session.subprotocol());
    assertEquals("peer.test", session.remoteAddress().getHostString());
  }

  @Test
  void keepsItsAttributes() {
    session.attributes().put("a", 1);
    assertEquals(1, session.attributes().get("a"));
    assertSame(session.attributes(), session.attributes());
  }

  @Test
  void sendsEveryKindOfMessage() {
    session.send("text");
    session.send(new StringBuilder("builder"));
    session.send(new byte[] {1});
    session.send(ByteBuffer.wrap(new byte[] {2}));
    session.send(List.of(3));
    session.ping();
    assertEquals(
        List.of("text text", "text builder", "binary 01", "binary 02", "text [3]", "ping 00000001"),
        peer.frames());
  }

  @Test
  void whatWasSentMayBeReused() {
    peer.transport().take(0);
    byte[] bytes = new byte[20_000];
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {7});
    session.send(bytes);
    session.send(buffer);
    bytes[19_999] = 1;
    buffer.put(0, (byte) 8);
    peer.transport().take(Long.MAX_VALUE);
    peer.awaitFrames("binary " + "00".repeat(20_000), "binary 07");
    assertEquals(1, buffer.remaining());
  }

  @Test
  void whatCannotBeEncodedIsRefusedAndTheSessionStays() {
    assertThrows(IllegalArgumentException.class, () -> session.send(new MessageTest.Unencodable()));
    assertTrue(session.isOpen());
    assertEquals(List.of(), peer.frames());
  }

  @Test
  void closesWith1000() {
    session.close();
    assertFalse(session.isOpen());
    assertEquals(List.of("close 1000"), peer.frames());
    assertThrows(SessionClosedException.class, () -> session.send("late"));
    session.ping();
    session.close(CloseStatus.GOING_AWAY);
    assertEquals(List.of("close 1000"), peer.frames());
  }

  @ParameterizedTest
  @ValueSource(ints = {1004, 1005, 1006, 1015, 1016, 2999})
  void refusesCodesThatMustNotBeSent(int code) {
    assertThrows(IllegalArgumentException.class, () -> session.close(CloseStatus.of(code)));
    assertTrue(session.isOpen());
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1013, 3000, 4999})
  void sendsAllOtherCodes(int code) {
    session.close(new CloseStatus(code, "é"));
    assertEquals(List.of("close " + code + " é"), peer.frames());
  }
}
