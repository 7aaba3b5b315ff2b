package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.wire.OpeningHandshake.Answer;
import dev.loomsocket.wire.OpeningHandshake.Offer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningHandshakeTest {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ=="; // §1.3
  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private final Map<String, List<String>> fields =
      new HashMap<>(
          Map.of(
              "host", List.of("server.example.com"),
              "upgrade", List.of("websocket"),
              "connection", List.of("Upgrade"),
              "sec-websocket-key", List.of(KEY),
              "sec-websocket-version", List.of("13")));

  @Test
  void theKeyOfTheRfcIsAcceptedWithItsProof() {
    assertEquals(ACCEPT, OpeningHandshake.accept(KEY));
  }

  @Test
  void aGoodRequestIsAccepted() {
    assertEquals(new Answer.Accepted(ACCEPT, Optional.empty()), answer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "OPTIONS", "get", ""})
  void anotherMethodThanGetIsNotAllowed(String method) {
    Answer.Refused refused = refused(answer(method, 1));
    assertEquals(405, refused.status());
    assertEquals(Map.of("Allow", "GET"), refused.headers());
  }

  @Test
  void http10IsTooOld() {
    assertEquals(400, refused(answer("GET", 0)).status());
    assertInstanceOf(Answer.Accepted.class, answer("GET", 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"host", "upgrade", "connection", "sec-websocket-key", "sec-websocket-version"})
  void aMissingFieldIsRefused(String name) {
    fields.remove(name);
    int expected = name.equals("sec-websocket-version") ? 426 : 400;
    assertEquals(expected, refused(answer()).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "sec-websocket-key", "sec-websocket-version"})
  void aFieldThatMustBeSingleIsRefusedTwice(String name) {
    fields.put(name, List.of(fields.get(name).getFirst(), fields.get(name).getFirst()));
    int expected = name.equals("sec-websocket-version") ? 426 : 400;
    assertEquals(expected, refused(answer()).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"upgrade", "UPGRADE", "keep-alive, Upgrade", ",upgrade ,", "a,\tupgrade"})
  void connectionIsAListInWhichUpgradeStands(String value) {
    fields.put("connection", List.of(value));
    assertInstanceOf(Answer.Accepted.class, answer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "keep-alive", "upgraded", "up grade", "\"upgrade\"", "close,"})
  void connectionWithoutUpgradeIsRefused(String value) {
    fields.put("connection", List.of(value));
    assertEquals(400, refused(answer()).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate; nonsense=\"10\", foo;bar , ,baz",
      })
  void extensionsThatCannotBeAgreedOnDoNotMatter(String value) {
    fields.put("sec-websocket-extensions", List.of(value));
    assertEquals(new Answer.Accepted(ACCEPT, Optional.empty()), answer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "a b", "a;", "a;=1", "a;b=", "a;b=\"", "a;b=\"c d\"", "a=b"})
  void extensionsThatBreakTheSyntaxAreRefused(String value) {
    fields.put("sec-websocket-extensions", List.of("permessage-deflate, " + value));
    boolean listIsGood = value.isEmpty() || value.equals(",");
    assertEquals(!listIsGood, answer() instanceof Answer.Refused);
    fields.put("sec-websocket-extensions", List.of(value));
    assertEquals(400, refused(answer()).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "WebSocket", "h2c, websocket", "websocket, foo/2"})
  void upgradeIsAListInWhichWebsocketStands(String value) {
    fields.put("upgrade", List.of(value));
    assertTrue(OpeningHandshake.isUpgrade(this::values));
    assertInstanceOf(Answer.Accepted.class, answer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "h2c", "websockets", "websocket/13", "web socket"})
  void upgradeWithoutWebsocketIsRefused(String value) {
    fields.put("upgrade", List.of(value));
    assertFalse(OpeningHandshake.isUpgrade(this::values));
    assertEquals(400, refused(answer()).status());
  }

  @Test
  void aListMayBeSpreadOverSeveralFields() {
    fields.put("upgrade", List.of("h2c", "websocket"));
    fields.put("connection", List.of("keep-alive", "Upgrade"));
    assertInstanceOf(Answer.Accepted.class, answer());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dGhlIHNhbXBsZSBub25jZQ", // no padding
        "dGhlIHNhbXBsZSBub25jZQ=", // half of it
        "dGhlIHNhbXBsZSBub25jZTE=", // 17 bytes
        "dGhlIHNhbXBsZSBub25jZTEy", // 18 bytes
        "dGhlIHNhbXBsZSBub25j", // 15 bytes
        "dGhlIHNhbXBsZSBub25-ZQ==", // the URL alphabet
        "dGhlIHNhbXBsZSBu b25jZQ==",
        "========================"
      })
  void aKeyThatIsNotSixteenBytesInBase64IsRefused(String key) {
    fields.put("sec-websocket-key", List.of(key));
    assertEquals(400, refused(answer()).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "7", "8", "12", "14", "013", "13, 8", "13.0", "thirteen", "١٣"})
  void anotherVersionIsToldWhichOneIsSpoken(String version) {
    fields.put("sec-websocket-version", List.of(version));
    Answer.Refused refused = refused(answer());
    assertEquals(426, refused.status());
    assertEquals(Map.of("Sec-WebSocket-Version", "13", "Upgrade", "websocket"), refused.headers());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chat               | chat",
        "superchat, chat    | superchat", // the client's order counts
        "chat, superchat    | chat",
        "foo, superchat     | superchat",
        "foo                | ''", // none in common: open without one
        "Chat               | ''", // they are case-sensitive
        ", chat,, superchat | chat", // empty elements of a list do not count
      })
  void theClientsFirstKnownSubprotocolIsChosen(String offered, String chosen) {
    fields.put("sec-websocket-protocol", List.of(offered));
    Answer answer = OpeningHandshake.answer(offer(), List.of("chat", "superchat"), Set.of());
    assertEquals(chosen, ((Answer.Accepted) answer).subprotocol().orElse(""));
  }

  @Test
  void noSubprotocolIsChosenThatWasNotOffered() {
    Answer answer = OpeningHandshake.answer(offer(), List.of("chat"), Set.of());
    assertEquals(Optional.empty(), ((Answer.Accepted) answer).subprotocol());
  }

  /** A browser gives up a connection that chooses none of the subprotocols that it offered. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bearer, t0ken        | bearer
          bearer, t0ken, chat  | chat
          chat, bearer, t0ken  | chat
          bearer, t0ken, soap  | bearer
          soap, bearer, t0ken  | bearer
          bearer, chat         | bearer
          chat, bearer         | chat
          bearer               | ''
          soap, bearer         | ''
          Bearer, t0ken        | ''
          """)
  void bearerIsChosenWhereItBroughtATokenAndNothingElseIsKnown(String offered, String chosen) {
    fields.put("sec-websocket-protocol", List.of(offered));
    Answer answer = OpeningHandshake.answer(offer(), List.of("chat"), Set.of());
    assertEquals(chosen, ((Answer.Accepted) answer).subprotocol().orElse(""));
  }

  @Test
  void aBearerTokenIsATokenOfHttpToo() {
    fields.put("sec-websocket-protocol", List.of("bearer, abc=="));
    assertEquals(400, refused(answer()).status());
    fields.put("sec-websocket-protocol", List.of("bearer, eyJhbGciOiJIUzI1NiJ9.e30.ZRrHA1JJJW8"));
    assertInstanceOf(Answer.Accepted.class, answer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "chat, chat", "a chat", "chat;q=1", "\"chat\"", "chät", "a/b"})
  void aMalformedSubprotocolListIsRefused(String offered) {
    fields.put("sec-websocket-protocol", List.of(offered));
    assertEquals(400, refused(answer()).status());
  }

  @Test
  void aSubprotocolRepeatedInAnotherFieldIsRefused() {
    fields.put("sec-websocket-protocol", List.of("chat", "foo, chat"));
    assertEquals(400, refused(answer()).status());
  }

  @Test
  void everyCharacterOfATokenAndNoOtherIsTaken() {
    String token = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (char c = 0x21; c < 0x180; c++) {
      fields.put("sec-websocket-protocol", List.of("x" + c + "x"));
      boolean accepted = answer() instanceof Answer.Accepted;
      boolean twoTokens = c == ','; // "x,x" is refused as a repetition
      assertEquals(token.indexOf(c) >= 0 && !twoTokens, accepted, "character " + (int) c);
    }
  }

  private Answer answer() {
    return answer("GET", 1);
  }

  private Answer answer(String method, int minorVersion) {
    Offer offer = new Offer(method, minorVersion, this::values, false);
    return OpeningHandshake.answer(offer, List.of(), Set.of());
  }

  private Offer offer() {
    return new Offer("GET", 1, this::values, false);
  }

  private List<String> values(String name) {
    return fields.getOrDefault(name, List.of());
  }

  private static Answer.Refused refused(Answer answer) {
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, answer);
    assertFalse(refused.reason().isBlank());
    return refused;
  }
}
