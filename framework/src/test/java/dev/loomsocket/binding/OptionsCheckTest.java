package dev.loomsocket.binding;

import static dev.loomsocket.binding.Bound.problem;
import static dev.loomsocket.binding.Bound.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.websocket.Compression;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.InputStream;
import java.io.Reader;
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

  @WebSocketEndpoint(
      value = "/a",
      maxMessageSize = -1,
      maxQueueSize = -2,
      idleTimeoutSeconds = -3,
      maxStreamSize = -4)
  private static class Negative implements Opens {}

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
                "maxStreamSize = -4",
                "a number of bytes, or 0 for no limit",
                "correct maxStreamSize in @WebSocketEndpoint, or leave it out"),
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
  private static class Subprotocols implements Opens {}

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
  private static class Origins implements Opens {}

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

  @WebSocketEndpoint(value = "/a", compression = @Compression(level = 0, threshold = -1))
  private static class TooWeak implements Opens {}

  @WebSocketEndpoint(value = "/a", compression = @Compression(level = 10))
  private static class TooStrong implements Opens {}

  @WebSocketEndpoint(value = "/a", compression = @Compression(level = 1, threshold = 0))
  private static class Fastest implements Opens {}

  @WebSocketEndpoint(value = "/a", compression = @Compression(level = 9, contextTakeover = true))
  private static class Smallest implements Opens {}

  @Test
  void compressionHasALevelAndAThreshold() {
    String remedy =
        "correct level in @Compression, or leave it out; enabled = false compresses nothing";
    String levels = "1 (the fastest) to 9 (the smallest)";
    assertEquals(
        List.of(
            problem(TooWeak.class, "", "level = 0", levels, remedy),
            problem(
                TooWeak.class,
                "",
                "threshold = -1",
                "a number of bytes, or 0 for every message",
                "correct threshold in @Compression, or leave it out; enabled = false compresses nothing")),
        problems(TooWeak.class));
    assertEquals(
        List.of(problem(TooStrong.class, "", "level = 10", levels, remedy)),
        problems(TooStrong.class));
    assertEquals(0, Bound.endpoint(Fastest.class).options().compression().threshold());
    assertTrue(Bound.endpoint(Smallest.class).options().compression().contextTakeover());
  }

  @WebSocketEndpoint("/a")
  private static class Defaults implements Opens {}

  @Test
  void anEndpointCompressesFromOneKibibyteOnWithoutContextAndLogsNoTraffic() {
    WebSocketEndpoint options = Bound.endpoint(Defaults.class).options();
    assertTrue(options.compression().enabled());
    assertFalse(options.compression().contextTakeover());
    assertEquals(6, options.compression().level());
    assertEquals(1024, options.compression().threshold());
    assertEquals(0, options.maxStreamSize());
    assertFalse(options.logTraffic());
  }

  private static final String LIMITS =
      "maxMessageSize for messages that come whole, maxStreamSize for those that come as a stream";

  @WebSocketEndpoint(value = "/a", maxStreamSize = 5_000_000_000L)
  private static class NothingStreams {
    @OnMessage
    void text(String text) {}
  }

  @Test
  void aLimitForStreamsWhereNothingStreamsIsReported() {
    assertEquals(
        List.of(
            problem(
                NothingStreams.class,
                "",
                "maxStreamSize = 5000000000, but no @OnMessage method takes a Reader or an InputStream",
                LIMITS,
                "write maxMessageSize instead, or take a Reader or an InputStream")),
        problems(NothingStreams.class));
  }

  private abstract static class Base<T> {
    @OnMessage
    void message(T message) {}
  }

  @WebSocketEndpoint(value = "/a", maxMessageSize = 100, maxStreamSize = 1000)
  private static class AllStreams extends Base<Reader> {
    @OnMessage
    void binary(InputStream bytes) {}

    @OnMessage
    void pong(Pong pong) {}
  }

  @Test
  void aLimitForWholeMessagesWhereAllStreamIsReported() {
    assertEquals(
        List.of(
            problem(
                AllStreams.class,
                "",
                "maxMessageSize = 100, but every @OnMessage method takes a Reader or an InputStream",
                LIMITS,
                "write maxStreamSize instead")),
        problems(AllStreams.class));
  }

  @WebSocketEndpoint(value = "/a", maxMessageSize = 100, maxStreamSize = 1000)
  private static class Both extends Base<String> {
    @OnMessage
    void binary(InputStream bytes) {}
  }

  @WebSocketEndpoint(value = "/a", maxMessageSize = 100)
  private static class OnlyPongs extends Base<Pong> {}

  @Test
  void bothLimitsMayStandWhereBothKindsOfMessagesCome() {
    assertEquals(1000, Bound.endpoint(Both.class).options().maxStreamSize());
    assertEquals(100, Bound.endpoint(OnlyPongs.class).options().maxMessageSize());
  }

  @WebSocketEndpoint(value = "/a", maxStreamSize = 1000)
  private static class StreamWithAMistake {
    @OnMessage
    static void binary(InputStream bytes) {}
  }

  @Test
  void aMistakeInTheMethodThatStreamsIsReportedOnce() {
    assertEquals(
        List.of("it is static"),
        problems(StreamWithAMistake.class).stream().map(Problem::found).toList());
  }

  @WebSocketEndpoint("/rooms/{room}/{seat}")
  private static class Forgetful {
    @OnOpen
    void open(@PathParam int room) {}
  }

  @Test
  void aVariableThatNoMethodAsksForIsReported() {
    assertEquals(
        List.of(
            problem(
                Forgetful.class,
                "",
                "its path /rooms/{room}/{seat} has the variable \"seat\", which no method asks for",
                "variables that a method takes with @PathParam, or can read from a Session or"
                    + " Handshake",
                "add the parameter @PathParam(\"seat\") String seat to a method, or take {seat} out"
                    + " of the path")),
        problems(Forgetful.class));
  }

  @WebSocketEndpoint("/rooms/{room}/{seat}")
  private static class Reads {
    @OnOpen
    void open(Session session) {}
  }

  @WebSocketEndpoint("/rooms/{room}/{seat}")
  private static class Takes {
    @OnOpen
    void open(@PathParam String seat) {}

    @OnClose
    void close(@PathParam("room") String name) {}
  }

  @Test
  void aVariableMayBeTakenByAnyMethodOrReadFromTheSession() {
    Bound.endpoint(Reads.class);
    Bound.endpoint(Takes.class);
  }
}
