package dev.loomsocket.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.App;
import dev.loomsocket.Loomsocket;
import dev.loomsocket.RunningApp;
import dev.loomsocket.websocket.Compression;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * WebSocket clients that others wrote, with compression: each gets back a thousand messages exactly
 * as it sent them, and both directions are shorter than what was said.
 *
 * <p>A client that is not installed is skipped, and that is said; it fails instead where the
 * environment has {@code LOOMSOCKET_REQUIRE_PEERS=true}.
 */
@Timeout(120)
class InteropTest {
  private static final List<Message> MESSAGES = Message.seeded();
  private static final ChromiumPeer CHROMIUM = new ChromiumPeer();
  private static final long PAYLOAD =
      MESSAGES.stream().mapToLong(message -> message.bytes().length).sum();

  private static RunningApp app;

  /** Nothing is kept between messages. */
  @WebSocketEndpoint("/echo")
  static class Echo {
    @OnMessage
    String text(String text) {
      return text;
    }

    @OnMessage
    byte[] binary(byte[] bytes) {
      return bytes;
    }
  }

  /** A message may refer back to those before it. */
  @WebSocketEndpoint(value = "/context", compression = @Compression(contextTakeover = true))
  static class KeepingContext extends Echo {}

  @BeforeAll
  static void start() {
    App building = Loomsocket.app().endpoint(Echo.class).endpoint(KeepingContext.class).port(0);
    CHROMIUM.serve(building, MESSAGES);
    app = building.start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void chromiumIsUnderstood() throws Exception {
    converse(CHROMIUM);
  }

  @Test
  void okHttpIsUnderstood() throws Exception {
    converse(new OkHttpPeer());
  }

  @Test
  void javaWebSocketIsUnderstood() throws Exception {
    converse(new JavaWebSocketPeer());
  }

  @Test
  void pythonsWebsocketsIsUnderstood() throws Exception {
    converse(ScriptPeer.python());
  }

  @Test
  void npmsWsIsUnderstood() throws Exception {
    converse(ScriptPeer.node());
  }

  @Test
  void theJdksClientIsUnderstood() throws Exception {
    Wiretap.Connection wire = converse(new JdkPeer(), "/echo");
    assertEquals("", wire.extensions());
    assertTrue(wire.bytesDown() > PAYLOAD);
  }

  private static void converse(Peer peer) throws Exception {
    Wiretap.Connection plain = converse(peer, "/echo");
    assertTrue(plain.extensions().contains("; server_no_context_takeover"), plain.extensions());
    assertCompressed(plain);
    Wiretap.Connection keeping = converse(peer, "/context");
    assertCompressed(keeping);
  }

  private static void assertCompressed(Wiretap.Connection wire) {
    assertTrue(wire.extensions().startsWith("permessage-deflate"), wire.extensions());
    assertTrue(wire.bytesUp() < .7 * PAYLOAD, wire.bytesUp() + " of " + PAYLOAD);
    assertTrue(wire.bytesDown() < .7 * PAYLOAD, wire.bytesDown() + " of " + PAYLOAD);
  }

  private static Wiretap.Connection converse(Peer peer, String path) throws Exception {
    Program.require(peer.missing().isEmpty(), peer.missing());
    try (Wiretap wiretap = new Wiretap(app.port())) {
      peer.converse(URI.create("ws://localhost:" + wiretap.port() + path), MESSAGES);
      return wiretap.webSocket();
    }
  }
}
