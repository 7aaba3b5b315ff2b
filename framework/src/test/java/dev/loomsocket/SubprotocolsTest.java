package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endpoints on one path are told apart by the subprotocol, which the client's order chooses. */
class SubprotocolsTest {
  private static RunningApp app;

  @WebSocketEndpoint(
      value = "/talk/{room}",
      subprotocols = {"chat", "chat.v2"})
  static class Chat {
    @OnOpen
    String open(Session session, @PathParam String room) {
      return "chat in " + room + " by " + session.subprotocol().orElse("none");
    }
  }

  @WebSocketEndpoint(value = "/talk/{place}", subprotocols = "superchat")
  static class SuperChat {
    @OnOpen
    String open(Session session, @PathParam String place) {
      return "superchat in " + place + " by " + session.subprotocol().orElse("none");
    }
  }

  @WebSocketEndpoint("/talk/{where}")
  static class Plain {
    @OnOpen
    String open(Session session, @PathParam String where) {
      return "plain in " + where + " by " + session.subprotocol().orElse("none");
    }
  }

  @BeforeAll
  static void start() {
    app =
        Loomsocket.app()
            .endpoint(Chat.class)
            .endpoint(SuperChat.class)
            .endpoint(Plain.class)
            .port(0)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          chat              | chat in x by chat
          chat.v2, chat     | chat in x by chat.v2
          superchat, chat   | superchat in x by superchat
          chat, superchat   | chat in x by chat
          soap, superchat   | superchat in x by superchat
          """)
  void theFirstKnownOneOfTheClientsChooses(String offered, String greeting) {
    try (RawClient client = RawClient.connect(app.port())) {
      String head = client.send(handshake(offered)).head();
      String chosen = greeting.substring(greeting.lastIndexOf(' ') + 1);
      assertTrue(head.contains("\r\nSec-WebSocket-Protocol: " + chosen + "\r\n"), head);
      assertEquals(greeting, client.frame().text());
    }
  }

  @Test
  void withoutAKnownOneTheConnectionHasNone() {
    try (RawClient client = RawClient.connect(app.port())) {
      String head = client.send(handshake("soap")).head();
      assertFalse(head.contains("Sec-WebSocket-Protocol"), head);
      assertEquals("plain in x by none", client.frame().text());
    }
  }

  private static byte[] handshake(String offered) {
    String plain = new String(RawClient.handshake("/talk/x"), StandardCharsets.US_ASCII);
    return RawClient.ascii(
        plain.replace("\r\n\r\n", "\r\nSec-WebSocket-Protocol: " + offered + "\r\n\r\n"));
  }
}
