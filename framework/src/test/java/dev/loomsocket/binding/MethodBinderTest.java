package dev.loomsocket.binding;

import static dev.loomsocket.binding.Bound.problem;
import static dev.loomsocket.binding.Bound.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnError;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MethodBinderTest {
  private static final String OPEN =
      "Session, Handshake, Principal, @PathParam, @QueryParam and services";
  private static final String MESSAGE =
      "one message (String, Reader, byte[], ByteBuffer, InputStream, Pong, or a type that is decoded"
          + " from JSON), besides "
          + OPEN;

  private record Line(String text) {}

  private static final class Store {}

  @WebSocketEndpoint("/a")
  private static class WrongWords {
    @OnOpen
    static void fixed() {}

    @OnMessage
    <T> void generic(T message) {}

    @OnOpen
    @OnClose
    void twice() {}
  }

  @Test
  void staticGenericAndDoublyAnnotatedMethodsAreReported() {
    assertEquals(
        List.of(
            problem(
                WrongWords.class,
                ".fixed()",
                "it is static",
                "instance methods: each connection has its own instance",
                "remove the word static"),
            problem(
                WrongWords.class,
                ".generic(Object)",
                "it is generic: nothing says what T is",
                "methods without type parameters of their own",
                "write the type that is meant instead of T"),
            problem(
                WrongWords.class,
                ".twice()",
                "it has several annotations: @OnOpen, @OnClose",
                "one of these annotations on a method",
                "make a method of its own for each")),
        problems(WrongWords.class));
  }

  @WebSocketEndpoint("/a")
  private static class NoPayload {
    @OnMessage
    void message(Session session) {}

    @OnError
    void error(Session session) {}
  }

  @Test
  void aMethodForMessagesOrErrorsNeedsOne() {
    assertEquals(
        List.of(
            problem(
                NoPayload.class,
                ".error(Session)",
                "no parameter takes the exception",
                "one Throwable type, besides " + OPEN,
                "add one, for example Exception e"),
            problem(
                NoPayload.class,
                ".message(Session)",
                "no parameter takes the message",
                MESSAGE,
                "add one, for example String text")),
        problems(NoPayload.class));
  }

  @WebSocketEndpoint("/a")
  private static class TwoPayloads {
    @OnMessage
    void message(Line line, Store store) {}

    @OnError
    void error(Exception a, Error b) {}

    @OnClose
    void close(CloseStatus a, CloseStatus b) {}
  }

  @Test
  void twoMessagesInOneMethodAreReportedAndAMissingServiceIsThoughtOf() {
    assertEquals(
        List.of(
            problem(
                TwoPayloads.class,
                ".close(CloseStatus, CloseStatus)",
                "2 parameters could be the status: the parameter \"a\" (CloseStatus) and the parameter \"b\" (CloseStatus)",
                "CloseStatus, Session and @PathParam",
                "leave one"),
            problem(
                TwoPayloads.class,
                ".error(Exception, Error)",
                "2 parameters could be the exception: the parameter \"a\" (Exception) and the parameter \"b\" (Error)",
                "one Throwable type, besides " + OPEN,
                "leave one"),
            problem(
                TwoPayloads.class,
                ".message(Line, Store)",
                "2 parameters could be the message: the parameter \"line\" (Line) and the parameter \"store\" (Store)",
                MESSAGE,
                "leave one; if another is a service, hand it over with app.add(...)")),
        problems(TwoPayloads.class));
    assertEquals(2, problems(TwoPayloads.class, new Store()).size());
  }

  @WebSocketEndpoint("/a")
  private static class TwoStreams {
    @OnMessage
    void message(Reader text, InputStream bytes) {}
  }

  @Test
  void aMethodTakesTextOrBinaryMessagesAndNotBoth() {
    assertEquals(
        List.of(
            problem(
                TwoStreams.class,
                ".message(Reader, InputStream)",
                "2 parameters could be the message: the parameter \"text\" (Reader) and the parameter \"bytes\" (InputStream)",
                MESSAGE,
                "leave one; if another is a service, hand it over with app.add(...)")),
        problems(TwoStreams.class));
  }

  @WebSocketEndpoint("/a")
  private static class NamedText {
    @OnMessage("say")
    void text(String text) {}
  }

  @WebSocketEndpoint("/a")
  private static class NamedStream {
    @OnMessage("say")
    void text(Reader text) {}
  }

  @Test
  void aNameOnAMethodForTextIsReported() {
    assertEquals(
        "@OnMessage(\"say\") takes Reader, which has no \"type\"",
        problems(NamedStream.class).getFirst().found());
    assertEquals(
        List.of(
            problem(
                NamedText.class,
                ".text(String)",
                "@OnMessage(\"say\") takes String, which has no \"type\"",
                "a name on methods whose message is decoded from JSON",
                "write @OnMessage without a name, or take a record")),
        problems(NamedText.class));
  }

  private static class Base {
    @OnOpen
    void open(Store store) {}
  }

  @WebSocketEndpoint("/a")
  private static class Inheriting extends Base {}

  @Test
  void aMistakeInAnInheritedMethodTellsWhereItStands() {
    assertEquals(
        Inheriting.class.getName() + ".open(Store) (inherited from " + Base.class.getName() + ")",
        problems(Inheriting.class).getFirst().where());
  }

  @Test
  void aPackageThatItsModuleDoesNotOpenIsReportedWithTheLineThatOpensIt(@TempDir Path directory)
      throws Exception {
    Class<?> closed = Compiled.inClosedModule(directory);
    String found =
        "Loomsocket cannot call it: the module closed does not open the package com.acme";
    String allowed = "endpoints in packages that are open at run time";
    String remedy = "add \"opens com.acme;\" to module-info.java";
    assertEquals(
        List.of(
            problem(closed, "()", found, allowed, remedy),
            problem(closed, ".open()", found, allowed, remedy)),
        problems(closed));
  }

  @Test
  void anEndpointWithoutAnyMessageMethodIsFine() throws Throwable {
    assertEquals(Optional.empty(), Bound.instance(Quiet.class).user());
  }

  @WebSocketEndpoint("/a")
  private static class Quiet {}
}
