package dev.loomsocket.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.json.Json;
import dev.loomsocket.json.JsonEncoder;
import dev.loomsocket.session.PreparedMessage.Encoded;
import dev.loomsocket.session.PreparedMessage.Fate;
import dev.loomsocket.wire.DeflateOptions;
import dev.loomsocket.wire.DeflateParameters;
import dev.loomsocket.wire.DeflatePools;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {
  private static final Position PLACE = new Position("e1", 17);

  private final DeflatePools pools = new DeflatePools(1);

  record Line(String user, String text) {}

  @Test
  void aJsonObjectHasItsPositionAsItsLastProperty() {
    assertEquals(
        List.of("text {\"user\":\"Ann\",\"text\":\"hi}\",\"@position\":\"e1.17\"}"),
        plain(new Line("Ann", "hi}")));
    assertEquals(List.of("text {\"@position\":\"e1.17\"}"), plain(Map.of()));
  }

  @Test
  void anythingElseComesBehindAMessageOfItsPosition() {
    String before = "text {\"type\":\"@position\",\"@position\":\"e1.17\"}";
    assertEquals(List.of(before, "text hello"), plain("hello"));
    assertEquals(List.of(before, "text "), plain(""));
    assertEquals(List.of(before, "text [1]"), plain(List.of(1)));
    assertEquals(List.of(before, "text 7"), plain(7));
    assertEquals(List.of(before, "binary 7b7d"), plain(new byte[] {'{', '}'}));
    assertEquals(List.of(before, "binary "), plain(new byte[0]));
  }

  @Test
  void whatAUserWroteAsTextIsNotTouched() {
    assertEquals("text {\"a\":1}", plain("{\"a\":1}").getLast());
    assertEquals("text {not json}", plain(new StringBuilder("{not json}")).getLast());
  }

  @Test
  void whatIsEncodedHereDoesNotChange() {
    Message message = Message.of(new Line("a", "b"), new JsonEncoder());
    byte[] before = message.payload().clone();
    new Draft("x", message, Fate.RECEIVERS).at(PLACE);
    assertEquals(new String(before, UTF_8), new String(message.payload(), UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "9, 6", "12, 6", "15, 6", "15, 9"})
  void itIsCompressedBeforeItsPositionIsKnown(int window, int level) {
    Compressor compressor = compressor(window, level);
    for (int size : new int[] {500, 511, 512, 1_000, 32_767, 70_000}) {
      Line line = new Line("Ann", "hello ".repeat(size / 6) + "x".repeat(size % 6));
      Draft draft = draft(line);
      draft.prepare(compressor);
      PreparedMessage placed = draft.at(PLACE);
      Encoded frame = placed.frame(compressor);
      assertTrue(frame.rsv1());
      assertTrue(frame.length() < size);
      String json = new String(Json.bytes(line), UTF_8);
      assertEquals(
          json.substring(0, json.length() - 1) + ",\"@position\":\"e1.17\"}", inflate(frame));
      assertSame(frame, placed.frame(compressor));
      assertFalse(placed.frame(null).rsv1());
    }
  }

  @Test
  void whoComesLaterWithOtherParametersGetsTheSame() {
    Line line = new Line("Ann", "hello ".repeat(1_000));
    Draft draft = draft(line);
    draft.prepare(compressor(15, 6));
    PreparedMessage placed = draft.at(PLACE);
    assertEquals(inflate(placed.frame(compressor(15, 6))), inflate(placed.frame(compressor(9, 6))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "list", "noise"})
  void whateverIsCompressedIsTheSameMessage(String kind) {
    byte[] noise = new byte[5_000];
    new Random(1).nextBytes(noise);
    Object value =
        switch (kind) {
          case "text" -> "hello ".repeat(1_000);
          case "list" -> List.of("hello ".repeat(1_000));
          default -> noise;
        };
    Compressor compressor = compressor(15, 6);
    Draft draft = draft(value);
    draft.prepare(compressor);
    draft.prepare(compressor);
    PreparedMessage placed = draft.at(PLACE);
    List<Frames.Frame> frames = Frames.read(placed.frame(compressor).frame());
    assertEquals("text {\"type\":\"@position\",\"@position\":\"e1.17\"}", frames.get(0).toString());
    assertEquals(kind.equals("noise") ? Frames.BINARY : 0xc1, frames.get(1).first());
    assertEquals(2, frames.size());
    assertEquals(placed.length(), placed.frame(null).frame().length - 4);
  }

  private static List<String> plain(Object value) {
    Compressor none = null;
    Draft draft = draft(value);
    draft.prepare(none);
    return Frames.read(draft.at(PLACE).frame(none).frame()).stream()
        .map(Frames.Frame::toString)
        .toList();
  }

  private static Draft draft(Object value) {
    return new Draft(value, Message.of(value, new JsonEncoder()), Fate.RECEIVERS);
  }

  private Compressor compressor(int window, int level) {
    return new Compressor(
        pools,
        new DeflateOptions(true, level, 100, false, false, 15),
        new DeflateParameters(true, true, window, 15));
  }

  /** As a receiver does it (RFC 7692 §7.2.2). */
  private static String inflate(Encoded encoded) {
    byte[] frame = encoded.frame();
    byte[] payload = Arrays.copyOfRange(frame, frame.length - encoded.length(), frame.length + 4);
    payload[payload.length - 2] = -1;
    payload[payload.length - 1] = -1;
    Inflater inflater = new Inflater(true);
    inflater.setInput(payload);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1_000];
    try {
      for (int n = inflater.inflate(buffer); n > 0; n = inflater.inflate(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    }
    assertEquals(0, inflater.getRemaining());
    inflater.end();
    return out.toString(UTF_8);
  }
}
