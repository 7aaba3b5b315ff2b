package dev.loomsocket.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Response;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.MemoryTransport;
import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.net.WriteBuffer;
import dev.loomsocket.wire.MemoryBudget;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerRequestTest {
  private static final InetSocketAddress CLIENT = InetSocketAddress.createUnresolved("client", 1);

  private static ServerRequest request(String target, String headers, String body) {
    RequestHead head =
        RequestParserTest.parse("POST " + target + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");
    return request(head, body.getBytes(StandardCharsets.UTF_8));
  }

  private static ServerRequest request(RequestHead head, byte[] body) {
    MemoryTransport peer = new MemoryTransport();
    peer.send(body);
    RequestHead withBody =
        new RequestHead(
            head.method(),
            head.target(),
            head.rawPath(),
            head.query(),
            head.minorVersion(),
            head.headers(),
            new BodyLength.Fixed(body.length));
    BufferPool pool = new BufferPool(2);
    BodyInput input =
        new BodyInput(
            withBody,
            HttpLimits.DEFAULT,
            ServerSettings.DEFAULT,
            peer,
            new ReadBuffer(peer, pool),
            new ResponseWriter(
                new WriteBuffer(peer, pool, 1),
                new ResponseEncoder(value -> new byte[0], InstantSource.system())),
            new MemoryBudget(Long.MAX_VALUE));
    return new ServerRequest(
        withBody,
        input,
        Map.of("room", "a/b"),
        CLIENT,
        (text, type) -> "(" + text + ")",
        SessionCookiesTest.ANY);
  }

  @Test
  void aSessionThatIsFirstAskedForBehindTheAnswerTakesNothing() {
    ServerRequest request = request("/", "", "");
    request.withSession(Response.text("hello"));
    assertThrows(IllegalStateException.class, () -> request.session().put("a", "1"));
  }

  @Test
  void tellsWhatCame() {
    ServerRequest request = request("/chat/a%2Fb?x=1", "X-A: 1\r\nx-a: 2\r\n", "größe");
    assertEquals("POST", request.method());
    assertEquals("/chat/a/b", request.path());
    assertEquals("/chat/a%2Fb", request.rawPath());
    assertEquals(Optional.of("x=1"), request.query());
    assertEquals("a/b", request.pathParam("room"));
    assertEquals(Optional.of("1"), request.header("X-a"));
    assertEquals(List.of("1", "2"), request.headers("X-A"));
    assertEquals(List.of("1", "2"), request.headers().get("X-A"));
    assertEquals("größe", request.text());
    assertEquals(7, request.body().length);
    assertEquals(CLIENT, request.remoteAddress());
  }

  @Test
  void anUnknownVariableIsAMistakeOfTheHandler() {
    ServerRequest request = request("/", "", "");
    assertThrows(IllegalArgumentException.class, () -> request.pathParam("other"));
  }

  @ParameterizedTest
  @CsvSource({
    "/, {}",
    "/?, {}",
    "/?a=1, {a=[1]}",
    "/?a=1&b=2&a=3, '{a=[1, 3], b=[2]}'",
    "/?a, {a=[]}",
    "/?a=, {a=[]}",
    "/?=a, {=[a]}",
    "/?&&a=b&, {a=[b]}",
    "/?a=b=c, {a=[b=c]}",
    "/?a+b=c+d%2B, {a b=[c d+]}",
    "/?%C3%A4=%E2%82%AC%26, {ä=[€&]}",
    "/?b&a=1, '{b=[], a=[1]}'",
  })
  void decodesTheQuery(String target, String parameters) {
    assertEquals(parameters, request(target, "", "").queryParams().toString());
  }

  @Test
  void theFirstOfEqualParametersCounts() {
    ServerRequest request = request("/?a=1&a=2", "", "");
    assertEquals(Optional.of("1"), request.queryParam("a"));
    assertEquals(Optional.empty(), request.queryParam("b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/?a=%", "/?%zz", "/?a=%ff", "/?a=100%"})
  void aBrokenQueryIsABadRequest(String target) {
    ServerRequest request = request(target, "", "");
    assertEquals(400, assertThrows(HttpException.class, request::queryParams).status());
  }

  @Test
  void decodesAForm() {
    ServerRequest request =
        request(
            "/",
            "Content-Type: Application/X-WWW-Form-Urlencoded ; charset=UTF-8\r\n",
            "name=Ann+B&text=%C3%A4&text=2");
    assertEquals(Optional.of("Ann B"), request.form("name"));
    assertEquals(List.of("ä", "2"), request.form().get("text"));
    assertEquals(Optional.empty(), request.form("other"));
  }

  @Test
  void anotherTypeIsNoForm() {
    for (String type : List.of("Content-Type: text/plain\r\n", "")) {
      ServerRequest request = request("/", type, "a=b");
      assertEquals(415, assertThrows(HttpException.class, request::form).status());
    }
  }

  @Test
  void aThousandFieldsAreEnough() {
    String type = "Content-Type: application/x-www-form-urlencoded\r\n";
    assertEquals(1_000, request("/", type, "a&".repeat(1_000)).form().get("a").size());
    ServerRequest more = request("/", type, "a&".repeat(1_001));
    assertEquals(400, assertThrows(HttpException.class, more::form).status());
  }

  @Test
  void bytesThatAreNoTextAreABadRequest() {
    RequestHead head = RequestParserTest.parse("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ServerRequest request = request(head, new byte[] {(byte) 0xff});
    assertEquals(400, assertThrows(HttpException.class, request::text).status());
  }

  @ParameterizedTest
  @CsvSource({
    "id=1, 1",
    "a=b; id=1; c=d, 1",
    "a=b;id=1, 1",
    "id=1; id=2, 1",
    "id=\"1\", 1",
    "id=a=b, a=b",
    "id=, ''",
    "xid=1; id=2, 2",
    "ID=1,",
    "id,",
    "=id,",
    "a=id,",
  })
  void readsCookies(String line, String value) {
    assertEquals(
        Optional.ofNullable(value), request("/", "Cookie: " + line + "\r\n", "").cookie("id"));
  }

  @Test
  void readsCookiesOfSeveralLines() {
    assertEquals(Optional.of("2"), request("/", "Cookie: a=1\r\nCookie: b=2\r\n", "").cookie("b"));
    assertEquals(Optional.empty(), request("/", "", "").cookie("b"));
  }
}
