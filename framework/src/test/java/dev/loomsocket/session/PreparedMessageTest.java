package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.wire.DeflateOptions;
import dev.loomsocket.wire.DeflateParameters;
import dev.loomsocket.wire.DeflatePools;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedMessageTest {
  private final DeflatePools pools = new DeflatePools(1);

  @Test
  void theFrameOfTheRfc() {
    PreparedMessage.Encoded encoded = new PreparedMessage(Message.text("Hello")).frame(null);
    assertArrayEquals(Frames.hex("81 05 48 65 6c 6c 6f"), encoded.frame());
    assertEquals(5, encoded.length());
    assertFalse(encoded.rsv1());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
  void aFrameHasTheShortestHeader(int length) {
    byte[] payload = new byte[length];
    new Random(1).nextBytes(payload);
    assertArrayEquals(
        Frames.server(Frames.BINARY, payload),
        new PreparedMessage(Message.binary(payload)).frame(null).frame());
  }

  @Test
  void itIsEncodedOnceForAll() {
    PreparedMessage message = new PreparedMessage(Message.text("Hello"));
    assertSame(message.frame(null), message.frame(null));
    assertSame(message.frame(null), message.frame(compressor(15)), "too short to be compressed");
  }

  @Test
  void itIsCompressedOnceForAllThatShareTheirParameters() {
    PreparedMessage message = new PreparedMessage(Message.text("Hello ".repeat(1_000)));
    PreparedMessage.Encoded compressed = message.frame(compressor(15));
    assertTrue(compressed.rsv1());
    assertTrue(compressed.length() < 100);
    assertSame(compressed, message.frame(compressor(15)));
    assertNotSame(compressed, message.frame(compressor(9)));
    assertFalse(message.frame(null).rsv1());
  }

  @Test
  void whatCompressionMakesLongerGoesAsItIs() {
    byte[] noise = new byte[5_000];
    new Random(1).nextBytes(noise);
    PreparedMessage message = new PreparedMessage(Message.binary(noise));
    assertSame(message.frame(null), message.frame(compressor(15)));
  }

  private Compressor compressor(int windowBits) {
    return new Compressor(
        pools, DeflateOptions.DEFAULTS, new DeflateParameters(true, true, windowBits, 15));
  }
}
