package dev.loomsocket.binding;

import static dev.loomsocket.binding.Bound.problem;
import static dev.loomsocket.binding.Bound.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsCheckTest {
  @WebSocketEndpoint("chat")
  private static class BadPath {
    @OnOpen
    void open(@PathParam String room) {}
  }

  @Test
  void aBadPathIsReportedOnceAndItsVariablesAreNotMissed() {
    assertEquals(
        List.of(
            problem(
                BadPath.class,
                "",
                "the path pattern \"chat\" does not start with a slash: write \"/chat\"",
                "literal segments, {name} for one segment, {name*} at the end for the rest: /chat/{room}",
                "correct the path in @WebSocketEndpoint")),
        problems(BadPath.class));
  }

  @WebSocketEndpoint(value = "/a", maxMessageSize = -1, maxQueueSize = -2, idleTimeoutSeconds = -3)
  private static class Negative {}

  @Test
  void negativeNumbersAreReported() {
    assertEquals(
        List.of(
            problem(
                Negative.class,
                "",
                "maxMessageSize = -1",
                "a number of bytes, or 0 for the default",
                "correct maxMessageSize in @WebSocketEndpoint, or leave it out"),
            problem(
                Negative.class,
                "",
                "maxQueueSize = -2",
                "a number of bytes, or 0 for the default",
                "correct maxQueueSize in @WebSocketEndpoint, or leave it out"),
            problem(
                Negative.class,
                "",
                "idleTimeoutSeconds = -3",
                "a number of seconds, or 0 for the default",
                "correct idleTimeoutSeconds in @WebSocketEndpoint, or leave it out")),
        problems(Negative.class));
  }

  @WebSocketEndpoint(
      value = "/a",
      subprotocols = {"v1", "chat v2", "", "v1", "größe"})
  private static class Subprotocols {}

  @Test
  void subprotocolsAreTokensAndStandThereOnce() {
    String allowed = "letters, digits and !#$%&'*+-.^_`|~, no spaces";
    String remedy = "correct subprotocols in @WebSocketEndpoint, for example \"chat.v1\"";
    assertEquals(
        List.of(
            problem(
                Subprotocols.class,
                "",
                "the subprotocol \"chat v2\" is not a token",
                allowed,
                remedy),
            problem(Subprotocols.class, "", "the subprotocol \"\" is not a token", allowed, remedy),
            problem(
                Subprotocols.class,
                "",
                "the subprotocol \"v1\" stands there twice",
                "each subprotocol once",
                "remove one from subprotocols in @WebSocketEndpoint"),
            problem(
                Subprotocols.class,
                "",
                "the subprotocol \"größe\" is not a token",
                allowed,
                remedy)),
        problems(Subprotocols.class));
  }

  @WebSocketEndpoint(
      value = "/a",
      allowedOrigins = {
        "*",
        "https://app.example.com",
        "http://[::1]:8080",
        "app.example.com",
        "https://app.example.com/",
        "https://*.example.com",
        "https://me@app.example.com",
        "https://app.example.com?x"
      })
  private static class Origins {}

  @Test
  void originsAreSchemeHostAndPort() {
    List<String> bad =
        List.of(
            "app.example.com",
            "https://app.example.com/",
            "https://*.example.com",
            "https://me@app.example.com",
            "https://app.example.com?x");
    assertEquals(
        bad.stream()
            .map(origin ->
                problem(
                    Origins.class,
                    "",
                    "the allowed origin \"" + origin + "\" is not an origin",
                    "scheme, host and port as browsers send them, without a path; or \"*\" for every page",
                    "correct allowedOrigins in @WebSocketEndpoint, for example \"https://app.example.com\""))
            .toList(),
        problems(Origins.class));
  }
}
