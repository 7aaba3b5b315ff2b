package dev.loomsocket.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table's notation stands for the bytes that it should, or the table would prove nothing. */
class ConformanceNotationTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      quoteCharacter = '`',
      value = {
        "81 05                             = 81 05",
        "00*3 01                           = 00 00 00 01",
        "text(\"Hello\")                   = 81 85 37 fa 21 3d 7f 9f 4d 51 58", // RFC 6455 §5.7
        "pong(\"Hello\")                   = 8a 85 37 fa 21 3d 7f 9f 4d 51 58",
        "mask(00*4) text+(\"Hel\") cont(\"lo\") = 01 83 00 00 00 00 48 65 6c 80 82 00 00 00 00 6c 6f",
        "mask(00*4) text/3(\"Hello\")      = 01 83 00 00 00 00 48 65 6c 80 82 00 00 00 00 6c 6f",
        "mask(00*4) close(1000 \"ok\")     = 88 84 00 00 00 00 03 e8 6f 6b",
        "mask(00*4) 83((01 02)*2)          = 83 84 00 00 00 00 01 02 01 02",
        "mask(00*4) [ping() <1>]*2         = 89 80 00 00 00 00 89 80 00 00 00 00",
        "mask(00*4) c1(deflated(\"Hello\")) = c1 87 00 00 00 00 f2 48 cd c9 c9 07 00", // RFC 7692
        "mask(00*4) text~(\"Hello\")       = c1 87 00 00 00 00 f2 48 cd c9 c9 07 00",
        "mask(00*4) text~/3(\"Hello\") = 41 83 00 00 00 00 f2 48 cd 00 83 00 00 00 00 c9 c9 07 80 81 00 00 00 00 00",
        "mask(00*4) text~()                = c1 81 00 00 00 00 00",
      })
  void framesAreTheseBytes(String notation, String bytes) {
    assertEquals(bytes, HEX.formatHex(Script.parse(notation).bytes()));
  }

  @ParameterizedTest
  @CsvSource({
    "125, fd, 0",
    "126, fe 00 7e, 2",
    "65535, fe ff ff, 2",
    "65536, ff 00 00 00 00 00 01 00 00, 8"
  })
  void lengthsAreInTheirShortestForm(int size, String length, int more) {
    byte[] frame = Script.parse("mask(00*4) binary(07*" + size + ")").bytes();
    assertEquals("82 " + length, HEX.formatHex(frame, 0, 2 + more));
    assertEquals(2 + more + 4 + size, frame.length);
  }

  @Test
  void marksStandWhereTheyStand() {
    Script script = Script.parse("text(\"ab\") <1> text+(\"c\" ff ! 00) [ping() <2>]*2 <=7>");
    assertEquals(8 + 6 + 2, script.failsAt());
    assertEquals(List.of(8, 17, 23, 29), script.frameEnds());
    assertEquals(
        List.of(
            new Script.Pause(8, 1),
            new Script.Pause(23, 3),
            new Script.Pause(29, 5),
            new Script.Pause(29, 7)),
        script.pauses());
  }

  @Test
  void unitsAreTheUsualOnes() {
    assertEquals(6 + 8 + 65_536, Script.parse("binary(00*64KiB)").bytes().length);
    assertEquals(6 + 8 + (1 << 20), Script.parse("binary(noise*1MiB)").bytes().length);
  }

  @Test
  void repliesAreFramesWithoutMask() {
    List<Reply> replies = Opcodes.replies("text(\"a\") [pong(01)]*2 close(1000)");
    assertEquals(
        List.of("81(61)", "8a(01)", "8a(01)", "88(03 e8)"),
        replies.stream().map(Reply::show).toList());
  }

  @Test
  void whatIsNoNotationIsRefused() {
    for (String bad : List.of("text(", "text(\"a)", "txt()", "text(0)x", "[ping()", "~", "zz")) {
      assertThrows(RuntimeException.class, () -> Script.parse(bad), bad);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "81 85 00 00 00 00",
    "82 7e 00 7d",
    "82 7f 00 00 00 00 00 00 ff ff",
    "81 02 61",
    "81"
  })
  void whatNoServerMaySendIsNoticed(String bytes) {
    byte[] wrong = HEX.parseHex(bytes);
    assertThrows(AssertionError.class, () -> Frame.read(new ByteArrayInputStream(wrong)));
  }

  @Test
  void framesOfAServerAreRead() throws IOException {
    byte[] hello = HEX.parseHex("81 05 48 65 6c 6c 6f");
    Frame frame = Frame.read(new ByteArrayInputStream(hello)).orElseThrow();
    assertEquals(0x81, frame.first());
    assertArrayEquals("Hello".getBytes(UTF_8), frame.payload());
  }

  @Test
  void everyRowHasANumberOfItsOwn() {
    Set<String> ids = new HashSet<>();
    for (Row row : Table.rows()) {
      assertTrue(ids.add(row.id()), row.id());
    }
  }
}
