package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.websocket.BadMessageException;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnError;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndpointInstanceTest {
  private final Handshake handshake = mock(Handshake.class);
  private final Session session = mock(Session.class);

  @WebSocketEndpoint("/chat/{room}")
  private static class Chat {
    private final List<Object> events;

    Chat(List<Object> events) {
      this.events = events;
    }

    @OnHandshake
    Principal login(Handshake handshake) {
      events.add(handshake);
      return () -> "Ann";
    }

    @OnOpen
    String open(Session session, Principal user, @PathParam String room) {
      events.add(session);
      return user.getName() + " in " + room;
    }

    @OnMessage
    byte[] binary(byte[] bytes) {
      return bytes;
    }

    @OnMessage
    void pong(Pong pong) {
      events.add(pong);
    }

    @OnMessage
    String text(String text) throws Exception {
      throw text.isEmpty() ? new IOException("empty") : new IllegalStateException(text);
    }

    @OnError
    String error(RuntimeException e, Session session) {
      return "sorry: " + e.getMessage();
    }

    @OnClose
    void close(CloseStatus status, Session session, @PathParam String room) {
      events.add(status);
      events.add(session);
      events.add(room);
    }
  }

  private EndpointInstance chat(List<Object> events) throws Throwable {
    var instance = Bound.endpoint(Chat.class, events).open(Map.of("room", "lobby"), Map.of());
    instance.handshake(handshake);
    assertEquals("Ann in lobby", instance.open(session));
    return instance;
  }

  @Test
  void eachEventReachesItsMethodWithItsArguments() throws Throwable {
    List<Object> events = new ArrayList<>();
    EndpointInstance chat = chat(events);
    Pong pong = new Pong(ByteBuffer.allocate(0), Optional.empty());
    assertNull(chat.pong(pong));
    assertArrayEquals(new byte[] {1}, (byte[]) chat.binary(new byte[] {1}));
    chat.close(CloseStatus.NORMAL);
    assertEquals(List.of(handshake, session, pong, CloseStatus.NORMAL, session, "lobby"), events);
    assertEquals("Ann", chat.user().orElseThrow().getName());
  }

  @Test
  void errorsGoToTheirMethodAndOthersComeOutAgain() throws Throwable {
    EndpointInstance chat = chat(new ArrayList<>());
    var thrown = assertThrows(IllegalStateException.class, () -> chat.text("oh"));
    assertTrue(chat.handles(thrown));
    assertEquals("sorry: oh", chat.error(thrown));
    var checked = assertThrows(IOException.class, () -> chat.text(""));
    assertFalse(chat.handles(checked));
    assertSame(checked, assertThrows(IOException.class, () -> chat.error(checked)));
  }

  @WebSocketEndpoint("/a")
  private static class TakesBadMessages {
    @OnMessage
    void numbers(List<Integer> numbers) {}

    @OnError
    String bad(BadMessageException e) {
      return e.code();
    }
  }

  @Test
  void aBadMessageCanBeTakenByAMethodForErrors() throws Throwable {
    EndpointInstance instance = Bound.open(TakesBadMessages.class);
    var thrown = assertThrows(BadMessageException.class, () -> instance.text("x"));
    assertTrue(instance.handles(thrown));
    assertEquals("bad-json", instance.error(thrown));
  }

  @WebSocketEndpoint("/a")
  private static class Streaming {
    @OnMessage
    String text(Session session, Reader text) throws IOException {
      StringWriter all = new StringWriter();
      text.transferTo(all);
      return (session != null) + " " + all;
    }

    @OnMessage
    byte[] binary(InputStream bytes) throws IOException {
      return bytes.readAllBytes();
    }
  }

  @Test
  void anEndpointThatStreamsReadsItsMessagesWhileTheyArrive() throws Throwable {
    EndpointInstance streaming = Bound.open(Streaming.class);
    Endpoint endpoint = Bound.endpoint(Streaming.class);
    assertTrue(endpoint.streamsText());
    assertTrue(endpoint.streamsBinary());
    assertEquals("true hi", streaming.text(new StringReader("hi")));
    byte[] bytes = {1, 2};
    assertArrayEquals(bytes, (byte[]) streaming.binary(new ByteArrayInputStream(bytes)));
  }

  @Test
  void anEndpointThatStreamsReadsMessagesThatAreThereAsAWhole() throws Throwable {
    EndpointInstance streaming = Bound.open(Streaming.class);
    assertEquals("true hi", streaming.text("hi"));
    byte[] bytes = {1, 2};
    assertArrayEquals(bytes, (byte[]) streaming.binary(bytes));
  }

  @Test
  void whatReadingThrowsComesOutAsItIs() throws Throwable {
    EndpointInstance streaming = Bound.open(Streaming.class);
    Reader text = new StringReader("");
    text.close();
    assertThrows(IOException.class, () -> streaming.text(text));
  }

  @Test
  void anEndpointThatDoesNotStreamSaysSo() throws Throwable {
    EndpointInstance chat = chat(new ArrayList<>());
    Endpoint endpoint = Bound.endpoint(Chat.class, new ArrayList<>());
    assertFalse(endpoint.streamsText());
    assertFalse(endpoint.streamsBinary());
    assertThrows(NoSuchElementException.class, () -> chat.text(new StringReader("hi")));
    assertThrows(NoSuchElementException.class, () -> chat.binary(InputStream.nullInputStream()));
  }

  @WebSocketEndpoint("/a")
  private static class StreamingText {
    @OnMessage
    Reader echo(Reader text) {
      return text;
    }
  }

  @Test
  void whatAnEndpointDoesNotStreamIsRefusedOrTakenAsBefore() throws Throwable {
    EndpointInstance streaming = Bound.open(StreamingText.class);
    assertFalse(Bound.endpoint(StreamingText.class).streamsBinary());
    Reader text = new StringReader("hi");
    assertSame(text, streaming.text(text));
    var e = assertThrows(BadMessageException.class, () -> streaming.binary(new byte[0]));
    assertEquals("this endpoint takes no binary messages", e.getMessage());
  }

  private abstract static class Base<T> {
    @OnMessage
    T echo(T message) {
      return message;
    }
  }

  @WebSocketEndpoint("/a")
  private static class Inherited extends Base<InputStream> {}

  @Test
  void aTypeVariableMayStandForAStream() throws Throwable {
    EndpointInstance inherited = Bound.open(Inherited.class);
    assertTrue(Bound.endpoint(Inherited.class).streamsBinary());
    InputStream bytes = InputStream.nullInputStream();
    assertSame(bytes, inherited.binary(bytes));
  }

  @WebSocketEndpoint("/a")
  private static class Deaf {
    @OnHandshake
    void accept() {}
  }

  @Test
  void anEndpointThatTakesNothingRefusesMessagesAndIgnoresTheRest() throws Throwable {
    EndpointInstance deaf = Bound.instance(Deaf.class);
    deaf.handshake(handshake);
    assertEquals(Deaf.class, deaf.type());
    assertNull(deaf.open(session));
    assertNull(deaf.pong(new Pong(ByteBuffer.allocate(0), Optional.empty())));
    deaf.close(CloseStatus.NORMAL);
    var text = assertThrows(BadMessageException.class, () -> deaf.text("x"));
    assertEquals(
        "unsupported: this endpoint takes no text messages",
        text.code() + ": " + text.getMessage());
    var binary = assertThrows(BadMessageException.class, () -> deaf.binary(new byte[0]));
    assertEquals(
        "unsupported: this endpoint takes no binary messages",
        binary.code() + ": " + binary.getMessage());
  }

  @WebSocketEndpoint("/a")
  private record Door(Object answer) {
    @OnHandshake
    boolean open() {
      return answer.equals("yes");
    }
  }

  @WebSocketEndpoint("/a")
  private static class Guard {
    @OnHandshake
    void open() {
      throw new HttpException(401, "who are you?");
    }
  }

  @WebSocketEndpoint("/a")
  private static class Anonymous {
    @OnHandshake
    Principal login() {
      return null;
    }
  }

  @Test
  void aHandshakeIsRefusedByFalseOrByAnExceptionOfItsOwn() throws Throwable {
    Door yes = new Door("yes");
    Door no = new Door("no");
    shared(yes).handshake(handshake);
    var forbidden = assertThrows(HttpException.class, () -> shared(no).handshake(handshake));
    assertEquals(403, forbidden.status());
    var own =
        assertThrows(HttpException.class, () -> Bound.instance(Guard.class).handshake(handshake));
    assertEquals(401, own.status());
  }

  private static EndpointInstance shared(Object endpoint) {
    return new Binder(List.of())
        .bind(List.of(), List.of(endpoint))
        .getFirst()
        .open(Map.of(), Map.of());
  }

  @Test
  void aHandshakeThatReturnsNoPrincipalAcceptsSomebodyUnknown() throws Throwable {
    EndpointInstance anonymous = Bound.instance(Anonymous.class);
    anonymous.handshake(handshake);
    assertEquals(Optional.empty(), anonymous.user());
  }
}
