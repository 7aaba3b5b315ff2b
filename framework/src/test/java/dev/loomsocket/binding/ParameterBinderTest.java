package dev.loomsocket.binding;

import static dev.loomsocket.binding.Bound.problem;
import static dev.loomsocket.binding.Bound.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnError;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.Reader;
import java.security.Principal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterBinderTest {
  private static final String OPEN =
      "Session, Handshake, Principal, @PathParam, @QueryParam and services";
  private static final String MESSAGE =
      "one message (String, Reader, byte[], ByteBuffer, InputStream, Pong, or a type that is decoded"
          + " from JSON), besides "
          + OPEN;

  private record User(String name) implements Principal {
    @Override
    public String getName() {
      return name;
    }
  }

  private interface Store {}

  private record Memory() implements Store {}

  private record Disk() implements Store {}

  @WebSocketEndpoint("/a")
  private static class Everything {
    @OnHandshake
    User login() {
      return new User("Ann");
    }

    @OnMessage
    String all(
        Store store, Session session, User user, String text, Principal same, Handshake handshake) {
      return text
          + (session != null)
          + user.getName()
          + (same == user)
          + (handshake != null)
          + store;
    }
  }

  @Test
  void theOrderOfParametersIsFree() throws Throwable {
    var instance = Bound.open(Everything.class, new Memory());
    assertEquals("hitrueAnntruetrueMemory[]", instance.text("hi"));
  }

  @WebSocketEndpoint("/a")
  private static class Unfillable {
    @OnOpen
    void open(Store store, String name) {}

    @OnHandshake
    void login(Store store) {}

    @OnError
    void error(Exception e, Store store) {}
  }

  @Test
  void aParameterThatNothingFillsIsReportedWithWhatIsAllowed() {
    String service = "if it is a service, hand one over with app.add(...); otherwise remove it";
    assertEquals(
        List.of(
            problem(
                Unfillable.class,
                ".error(Exception, Store)",
                "nothing fills the parameter \"store\" (Store)",
                "one Throwable type, besides " + OPEN,
                service),
            problem(
                Unfillable.class,
                ".login(Store)",
                "nothing fills the parameter \"store\" (Store)",
                "Handshake, @PathParam, @QueryParam and services",
                service),
            problem(
                Unfillable.class,
                ".open(Store, String)",
                "nothing fills the parameter \"store\" (Store)",
                OPEN,
                service),
            problem(
                Unfillable.class,
                ".open(Store, String)",
                "nothing fills the parameter \"name\" (String)",
                OPEN,
                "annotate it with @PathParam or @QueryParam, or remove it")),
        problems(Unfillable.class));
  }

  @WebSocketEndpoint("/a")
  private static class OneStore {
    @OnOpen
    void open(Store store) {}
  }

  @Test
  void twoServicesOfTheTypeAreReported() {
    assertEquals(
        List.of(
            problem(
                OneStore.class,
                ".open(Store)",
                "2 services fit the parameter \"store\" (Store): "
                    + Memory.class.getName()
                    + ", "
                    + Disk.class.getName(),
                "one service for each type that is asked for",
                "ask for one of these classes, or hand over only one of them with app.add(...)")),
        problems(OneStore.class, new Memory(), new Disk()));
  }

  @WebSocketEndpoint("/a")
  private static class TooEarly {
    @OnHandshake
    void login(Session session) {}
  }

  @Test
  void aHandshakeHasNoSession() {
    assertEquals(
        List.of(
            problem(
                TooEarly.class,
                ".login(Session)",
                "the parameter \"session\" (Session), which an @OnHandshake method cannot take",
                "Handshake, @PathParam, @QueryParam and services",
                "take it in an @OnOpen method: there is no session before the handshake is accepted")),
        problems(TooEarly.class));
  }

  @WebSocketEndpoint("/a")
  private static class TooLate {
    @OnClose
    void close(@QueryParam String name, Handshake handshake, Store store, Session session) {}
  }

  @Test
  void anEndTakesTheStatusTheSessionAndThePathOnly() {
    String member = ".close(String, Handshake, Store, Session)";
    String remedy =
        "keep it in a field or in session.attributes() from the start, and remove the parameter";
    String allowed = "CloseStatus, Session and @PathParam";
    assertEquals(
        List.of(
            problem(
                TooLate.class,
                member,
                "the parameter \"name\" (String), which an @OnClose method cannot take",
                allowed,
                remedy),
            problem(
                TooLate.class,
                member,
                "the parameter \"handshake\" (Handshake), which an @OnClose method cannot take",
                allowed,
                remedy),
            problem(
                TooLate.class,
                member,
                "the parameter \"store\" (Store), which an @OnClose method cannot take",
                allowed,
                remedy)),
        problems(TooLate.class, new Memory()));
  }

  @WebSocketEndpoint("/a")
  private static class Nobody {
    @OnOpen
    void open(Principal user) {}
  }

  @Test
  void aPrincipalNeedsAHandshakeThatReturnsOne() {
    assertEquals(
        List.of(
            problem(
                Nobody.class,
                ".open(Principal)",
                "the parameter \"user\" (Principal), but nothing says who the client is",
                "a Principal in endpoints whose @OnHandshake method returns one",
                "let an @OnHandshake method return the Principal, or remove the parameter")),
        problems(Nobody.class));
  }

  @WebSocketEndpoint("/a")
  private static class Similar {
    @OnMessage
    void in(ByteArrayInputStream in) {}

    @OnMessage
    void reader(BufferedReader reader) {}

    @OnMessage
    void sequence(CharSequence sequence) {}
  }

  @Test
  void whatOnlyLooksLikeAMessageIsReportedWithTheTypeThatIsOne() {
    assertEquals(
        List.of(
            problem(
                Similar.class,
                ".in(ByteArrayInputStream)",
                "the parameter \"in\" (ByteArrayInputStream), which messages do not come as",
                MESSAGE,
                "take InputStream"),
            problem(
                Similar.class,
                ".reader(BufferedReader)",
                "the parameter \"reader\" (BufferedReader), which messages do not come as",
                MESSAGE,
                "take Reader"),
            problem(
                Similar.class,
                ".sequence(CharSequence)",
                "the parameter \"sequence\" (CharSequence), which messages do not come as",
                MESSAGE,
                "take String")),
        problems(Similar.class));
  }

  @WebSocketEndpoint("/a")
  private static class Early {
    @OnOpen
    void open(Reader in) {}
  }

  @Test
  void onlyMessagesComeAsStreams() {
    assertEquals(
        List.of(
            problem(
                Early.class,
                ".open(Reader)",
                "nothing fills the parameter \"in\" (Reader)",
                OPEN,
                "if it is a service, hand one over with app.add(...); otherwise remove it")),
        problems(Early.class));
  }
}
