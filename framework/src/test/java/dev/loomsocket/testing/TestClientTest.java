package dev.loomsocket.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.testing.Talk.Line;
import dev.loomsocket.testing.Talk.Move;
import dev.loomsocket.testing.Talk.Shape;
import dev.loomsocket.websocket.CloseStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TestClientTest {
  private final Talk.Log log = new Talk.Log();
  private TestApp app;
  private TestClient client;

  @BeforeEach
  void start() {
    app = TestApp.start(Talk.app(log));
    client = app.connect("/talk");
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private static String mistake(Runnable expectation) {
    return assertThrows(AssertionError.class, expectation::run).getMessage();
  }

  @Test
  void objectsGoAndCome() {
    assertEquals(new Line("hello"), client.send(new Line("hello")).expect(Line.class));
  }

  @Test
  void aMethodsOwnNameIsGiven() {
    client.send("step", new Move(1, 2));
    assertEquals(new Move(2, 3), client.expect("step", Move.class));
  }

  @Test
  void theRecordsOfASealedTypeAreToldApart() {
    client.send(new Shape.Circle(1)).send(new Shape.Square(2));
    assertEquals(new Shape.Square(1), client.expect(Shape.class));
    assertEquals(new Shape.Circle(2), client.expect(Shape.class));
  }

  @Test
  void textBinaryAndJsonWithoutAClassOfItsOwn() {
    client.send("text").send(new StringBuilder("built"));
    assertEquals("text", client.expect(String.class));
    assertEquals("built", client.expect(String.class));
    client.send(new byte[] {1, 2}).send(ByteBuffer.wrap(new byte[] {0, 3, 4}, 1, 2));
    assertArrayEquals(new byte[] {1, 2}, client.expect(byte[].class));
    assertArrayEquals(new byte[] {3, 4}, client.expect(byte[].class));
    client.send(Map.of("any", List.of(1))).send(List.of(1, 2)).send(7);
    assertEquals(Map.of("any", List.of(1)), client.expect(Map.class));
    assertEquals(List.of(1, 2), client.expect(List.class));
    assertEquals(7, client.expect(Integer.class));
  }

  @Test
  void largeMessagesAndPingsAreNoMatter() {
    String large = "ab€".repeat(30_000);
    assertEquals(large, client.send(large).expect(String.class));
    byte[] bytes = large.getBytes(UTF_8);
    assertArrayEquals(bytes, client.send(bytes).expect(byte[].class));
    assertEquals("pinged", client.send(new Line("ping")).expect(String.class));
    client.send("still here").expect(String.class);
  }

  @Test
  void whatIsNotOfInterestCanBeSkipped() {
    client.send("one").send(new byte[1]).send(new Line("two")).send(new Shape.Circle(3));
    assertEquals(new Line("two"), client.skipTo(Line.class));
    assertEquals(new Shape.Square(3), client.expect(Shape.Square.class));
  }

  @Test
  void anythingElseThanWhatIsExpectedIsShown() {
    client.send("text").send(new byte[] {1, -1}).send(new Line("a")).send("{\"text\":{}}");
    assertEquals(
        "expected Line (\"type\": line), but there came the text text: this is not JSON (line 1, column 1)",
        mistake(() -> client.expect(Line.class)));
    assertEquals(
        "expected a text, but there came the binary 01 ff",
        mistake(() -> client.expect(String.class)));
    assertEquals(
        "expected Shape (\"type\": circle or square), but there came the text {\"type\":\"line\",\"text\":\"a\"}",
        mistake(() -> client.expect(Shape.class)));
    assertEquals(
        "expected Line (\"type\": line), but there came the text {\"text\":{}}:"
            + " the JSON does not have the expected form at \"text\" (line 1, column 9)",
        mistake(() -> client.expect(Line.class)));
    client.send("text");
    assertEquals(
        "expected a binary message, but there came the text text",
        mistake(() -> client.expect(byte[].class)));
  }

  @Test
  void whatDoesNotComeIsMissedInTime() {
    TestClient hasty = app.patience(Duration.ofMillis(50)).connect("/talk");
    assertEquals(
        "expected a text, but nothing came within 50 ms",
        mistake(() -> hasty.expect(String.class)));
    app.patience(Duration.ofSeconds(20)).connect("/talk");
  }

  @Test
  void theServersCloseIsTheEnd() throws InterruptedException {
    client.send("last").send(new Line("close"));
    assertEquals(
        "expected the end of the connection, but there came the text last",
        mistake(client::expectClose));
    assertEquals(
        "expected a text, but there came the end of the connection with 4001 (as you like)",
        mistake(() -> client.expect(String.class)));
    assertEquals(
        "expected a text, but there came [the end of the connection with 4001 (as you like)]",
        mistake(() -> client.skipTo(String.class)));
    assertEquals(new CloseStatus(4001, "as you like"), client.expectClose());
    assertEquals(4001, log.ends().take());
    client.close();
  }

  @Test
  void theClientsCloseIsAnswered() throws InterruptedException {
    client.send("unread").close();
    assertEquals(1000, log.ends().take());
    TestClient another = app.connect("/talk");
    another.close(4711);
    assertEquals(4711, log.ends().take());
    assertEquals(4711, another.expectClose().code());
    mistake(() -> another.send("too late"));
  }
}
