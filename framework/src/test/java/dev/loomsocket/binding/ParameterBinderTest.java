package dev.loomsocket.binding;

import static dev.loomsocket.binding.Bound.problem;
import static dev.loomsocket.binding.Bound.problems;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.CharBuffer;
import java.security.Principal;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.stream.Stream;
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
                "a Principal where an @OnHandshake method returns one, or app.authenticate(...) tells",
                "let an @OnHandshake method return the Principal, call app.authenticate(...), or"
                    + " remove the parameter")),
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
  private static class Unlike {
    @OnMessage
    void chars(CharBuffer in) {}

    @OnMessage
    void each(Iterator<String> lines) {}

    @OnMessage
    void output(String text, OutputStream out) {}

    @OnMessage
    void publisher(Publisher<String> lines) {}

    @OnMessage
    void stage(CompletableFuture<String> text) {}

    @OnMessage
    void stream(Stream<String> lines) {}

    @OnMessage
    void writer(PrintWriter out) {}
  }

  @Test
  void whatNoMessageComesAsIsReportedAtStartUpAndNotByTheFirstMessage() {
    String elements = "take List, or what the elements are in: Reader or InputStream";
    assertEquals(
        List.of(
            unlike(".chars(CharBuffer)", "in", "CharBuffer", "take String"),
            unlike(".each(Iterator)", "lines", "Iterator<String>", elements),
            unlike(
                ".output(String, OutputStream)",
                "out",
                "OutputStream",
                "take Session, and write to session.sendBinary()"),
            unlike(".publisher(Publisher)", "lines", "Publisher<String>", elements),
            unlike(
                ".stage(CompletableFuture)",
                "text",
                "CompletableFuture<String>",
                "take what it would hold: the method is called when that is there"),
            unlike(".stream(Stream)", "lines", "Stream<String>", elements),
            unlike(
                ".writer(PrintWriter)",
                "out",
                "PrintWriter",
                "take Session, and write to session.sendText()")),
        problems(Unlike.class));
  }

  private static Problem unlike(String method, String name, String type, String remedy) {
    return problem(
        Unlike.class,
        method,
        "the parameter \"" + name + "\" (" + type + "), which messages do not come as",
        MESSAGE,
        remedy);
  }

  @WebSocketEndpoint("/a")
  private static class Copier {
    @OnMessage
    void copy(byte[] bytes, OutputStream out) throws IOException {
      out.write(bytes);
    }
  }

  @Test
  void aServiceMayBeOfSuchAType() throws Throwable {
    var out = new ByteArrayOutputStream();
    Bound.open(Copier.class, out).binary(new byte[] {1, 2});
    assertArrayEquals(new byte[] {1, 2}, out.toByteArray());
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
