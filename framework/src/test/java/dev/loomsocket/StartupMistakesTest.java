package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The common mistakes, and word for word what their makers read. */
class StartupMistakesTest {
  record Line(String text) {}

  record Scores() {}

  private static void assertReport(App app, String expected) {
    StartupException e = assertThrows(StartupException.class, () -> app.port(0).start());
    assertEquals(expected.strip(), String.join("\n", e.problems()));
  }

  @WebSocketEndpoint("/chat")
  static class TwoForOneType {
    @OnMessage
    void say(Line line) {}

    @OnMessage
    void shout(Line line) {}
  }

  @Test
  void twoMethodsForOneType() {
    assertReport(
        Loomsocket.app().endpoint(TwoForOneType.class),
        """
        dev.loomsocket.StartupMistakesTest$TwoForOneType.shout(Line)
           found:   it takes the messages with "type":"line", which say(Line) takes already
           allowed: one method for each "type"
           remedy:  remove one of the two, or name one: @OnMessage("anotherName")
        """);
  }

  @WebSocketEndpoint("/chat")
  static class TwoForText {
    @OnMessage
    void say(String text) {}

    @OnMessage
    void shout(String text) {}
  }

  @Test
  void twoMethodsForText() {
    assertReport(
        Loomsocket.app().endpoint(TwoForText.class),
        """
        dev.loomsocket.StartupMistakesTest$TwoForText.shout(String)
           found:   a second @OnMessage method for text: say(String) is one already
           allowed: one @OnMessage method for text in an endpoint
           remedy:  make one method of the two
        """);
  }

  @WebSocketEndpoint("/chat/{room}")
  static class VariableForNobody {
    @OnMessage
    void say(String text) {}
  }

  @Test
  void aVariableOfThePathWithoutAParameter() {
    assertReport(
        Loomsocket.app().endpoint(VariableForNobody.class),
        """
        dev.loomsocket.StartupMistakesTest$VariableForNobody
           found:   its path /chat/{room} has the variable "room", which no method asks for
           allowed: variables that a method takes with @PathParam, or can read from a Session or Handshake
           remedy:  add the parameter @PathParam("room") String room to a method, or take {room} out of the path
        """);
  }

  @WebSocketEndpoint("/chat/{room}")
  static class ParameterForNothing {
    @OnOpen
    void open(@PathParam String rom) {}
  }

  @Test
  void aParameterWithoutAVariableInThePath() {
    assertReport(
        Loomsocket.app().endpoint(ParameterForNothing.class),
        """
        dev.loomsocket.StartupMistakesTest$ParameterForNothing.open(String)
           found:   the parameter "rom" (String) asks for the path variable "rom", which /chat/{room} does not have
           allowed: the variables of the path: room
           remedy:  write @PathParam("room"), or {rom} into the path
        """);
  }

  @WebSocketEndpoint("/chat")
  static class Unfillable {
    Unfillable(Scores scores) {}

    @OnOpen
    void open(Session session, Scores scores, int count) {}
  }

  @Test
  void aParameterThatNobodyCanFill() {
    assertReport(
        Loomsocket.app().endpoint(Unfillable.class),
        """
        dev.loomsocket.StartupMistakesTest$Unfillable(Scores)
           found:   no service fills the parameter "scores" (Scores) of the constructor
           allowed: services that are handed over with app.add(...); values of the URL go to @OnHandshake and @OnOpen methods
           remedy:  hand a Scores over with app.add(...), or remove the parameter
        dev.loomsocket.StartupMistakesTest$Unfillable.open(Session, Scores, int)
           found:   nothing fills the parameter "scores" (Scores)
           allowed: Session, Handshake, Principal, @PathParam, @QueryParam and services
           remedy:  if it is a service, hand one over with app.add(...); otherwise remove it
        dev.loomsocket.StartupMistakesTest$Unfillable.open(Session, Scores, int)
           found:   nothing fills the parameter "count" (int)
           allowed: Session, Handshake, Principal, @PathParam, @QueryParam and services
           remedy:  annotate it with @PathParam or @QueryParam, or remove it
        """);
  }

  @WebSocketEndpoint("/chat")
  static class Theirs {
    @jakarta.websocket.OnMessage
    void say(String text) {}
  }

  @Test
  void anAnnotationOfAnotherApi() {
    assertReport(
        Loomsocket.app().endpoint(Theirs.class),
        """
        dev.loomsocket.StartupMistakesTest$Theirs.say(String)
           found:   @jakarta.websocket.OnMessage, which means nothing to Loomsocket
           allowed: the types of dev.loomsocket.websocket
           remedy:  import dev.loomsocket.websocket.OnMessage instead
        """);
  }

  @WebSocketEndpoint("/chat/{room}")
  static class First {
    @OnOpen
    void open(@PathParam String room) {}
  }

  @WebSocketEndpoint("/chat/{id}")
  static class Second {
    @OnOpen
    void open(@PathParam String id) {}
  }

  @Test
  void anEndpointThatNoHandshakeReaches() {
    assertReport(
        Loomsocket.app().endpoint(First.class).endpoint(Second.class),
        """
        dev.loomsocket.StartupMistakesTest$Second
           found:   its path /chat/{id} matches the same requests as /chat/{room} of dev.loomsocket.StartupMistakesTest$First
           allowed: a path of its own for each endpoint, or the same path with different subprotocols
           remedy:  change one of the two paths, or write subprotocols for one of the two
        """);
  }

  @Test
  void aRouteThatNoRequestReaches() {
    assertReport(
        Loomsocket.app()
            .get("/users/{id}", request -> Response.status(204))
            .get("/users/{name}", request -> Response.status(204)),
        """
        GET /users/{name}: GET /users/{name} can never be reached, because /users/{id} takes the same paths: remove one
        """);
  }

  @Test
  void aPortInUse() {
    try (RunningApp other = Loomsocket.app().port(0).start()) {
      StartupException e =
          assertThrows(StartupException.class, Loomsocket.app().port(other.port())::start);
      assertEquals(
          List.of(
              "Port %1$d on 127.0.0.1 is in use: stop the program that has it, or choose another port in app.port(%1$d)."
                  .formatted(other.port())),
          e.problems());
    }
  }
}
