package dev.loomsocket.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.wire.FrameHeader;
import dev.loomsocket.wire.ProtocolException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void aTextOfTheRfcIsAsItStandsThere() {
    assertEquals("818537fa213d7f9f4d5158", hex(Frames.text("Hello"))); // RFC 6455 §5.7
  }

  @Test
  void controlFrames() {
    assertEquals("898137fa213d36", hex(Frames.ping((byte) 1)));
    assertEquals("8a8037fa213d", hex(Frames.pong()));
    assertEquals("888237fa213d3412", hex(Frames.close(1000)));
    assertEquals("888037fa213d", hex(Frames.close(1005)));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 125, 126, 65_535, 65_536, Long.MAX_VALUE})
  void lengthsAreInTheirShortestForm(long length) {
    byte[] bytes = Frames.header(0x82, length);
    FrameHeader header = new FrameHeader();
    assertEquals(bytes.length, header.decode(bytes, 0, bytes.length));
    assertEquals(length, header.length());
  }

  @Test
  void aLongerFormIsAMistake() {
    byte[] bytes = Frames.header(0x82, 125, Short.BYTES);
    assertThrows(ProtocolException.class, () -> new FrameHeader().decode(bytes, 0, bytes.length));
  }

  @Test
  void everyFragmentationOfThreeBytes() {
    List<String> ways =
        Frames.everyFragmentation("abc").map(way -> hex(way).replace("37fa213d", "")).toList();
    assertEquals(
        List.of(
            "8183569842", // a b c, masked with 37 fa 21
            "01815680825599", // a, then b c
            "01825698808154", // a b, then c
            "018156008155808154"),
        ways);
    assertEquals(2048, Frames.everyFragmentation("x".repeat(12)).count());
    assertThrows(IllegalArgumentException.class, () -> Frames.everyFragmentation("x".repeat(13)));
    assertThrows(IllegalArgumentException.class, () -> Frames.everyFragmentation(""));
  }
}
