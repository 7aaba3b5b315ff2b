package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.hex;
import static dev.loomsocket.wire.ClientFrames.join;
import static dev.loomsocket.wire.Samples.CONTEXT;
import static dev.loomsocket.wire.Samples.NO_CONTEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InflationTest {
  private static final String HELLO = "f2 48 cd c9 c9 07 00";

  private final DeflatePools pools = new DeflatePools(4);
  private final Inflation forgetting = new Inflation(pools, NO_CONTEXT);
  private final Inflation keeping = new Inflation(pools, CONTEXT);

  @ParameterizedTest
  @CsvSource({
    HELLO + ", Hello", // RFC 7692 §7.2.3.1
    "00 05 00 fa ff 48 65 6c 6c 6f 00, Hello", // §7.2.3.3: a stored block
    "f3 48 cd c9 c9 07 00 00, Hello", // §7.2.3.4: a final block, then an empty one
    "f2 48 05 00 00 00 ff ff ca c9 c9 07 00, Hello", // §7.2.3.5: two blocks
    "32 34 34 04 00, 111", // what a browser sent
    "00, ''", // §7.2.3.6
    "02 00, ''", // an empty compressed block before it
    "01 00 00 ff ff 00, ''", // an empty final block before it
    "03 00 00, ''",
    "00 00 00 ff ff 00, ''",
    "f2 48 cd c9 c9 07 00 00 00 ff ff 00, Hello", // ends with two empty blocks
    "f3 48 cd c9 c9 07 00 f2 48 cd c9 c9 07 00, HelloHello", // a stream behind a stream
    "f3 48 cd c9 c9 07 00 f3 48 cd c9 c9 07 00 00, HelloHello",
    "f3 48 cd c9 c9 07 00, Hello", // nothing behind a final block
    "01 05 00 fa ff 48 65 6c 6c 6f, Hello",
    "00 05 00 fa ff 48 65 6c 6c 6f 01, Hello", // the block whose tail is cut off is final
  })
  void everyKindOfBlockIsInflated(String payload, String text) {
    byte[] bytes = hex(payload);
    for (Inflation inflation : new Inflation[] {forgetting, keeping, forgetting, keeping}) {
      assertEquals(text, inflate(inflation, bytes));
      inflation.end();
    }
  }

  @Test
  void theWindowIsKeptIfAgreed() {
    assertEquals("Hello", inflate(keeping, hex(HELLO)));
    keeping.end();
    assertEquals("Hello", inflate(keeping, hex("f2 00 11 00 00"))); // §7.2.3.2
    keeping.end();
    assertEquals("Hello", inflate(forgetting, hex(HELLO)));
    forgetting.end();
    // literal H, then four bytes from before the beginning
    assertRubbish(() -> inflate(forgetting, hex("f2 00 11 00 00")));
  }

  @Test
  void aFinalBlockEndsTheWindow() {
    inflate(keeping, hex("f3 48 cd c9 c9 07 00 00"));
    keeping.end();
    assertRubbish(() -> inflate(keeping, hex("f2 00 11 00 00")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "06", // block type 3
        "07",
        "ff ff ff ff",
        "00 05 00 fa fe 48 65 6c 6c 6f 00", // a stored block's lengths differ
        "f3 48 cd c9 c9 07 00 06", // behind the end
        "04 f8 ff ff 00", // a code with too many lengths
        "02 11 00 00", // refers to what is not there
        "c8 80 00 00", // zlib's header, as of a stream that is not raw
      })
  void rubbishIsInvalidData(String payload) {
    for (Inflation inflation : new Inflation[] {forgetting, keeping}) {
      assertRubbish(() -> {
        inflate(inflation, hex(payload));
        inflation.end();
        inflate(inflation, hex(HELLO)); // where a context is kept it may show late
        inflation.end();
      });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HELLO + " ff ff", // half a tail: with all of it behind it, two bytes of content
        HELLO + " 00 00 ff", // with the tail behind it, the lengths of a stored block differ
      })
  void whatOnlyLooksLikeTheTailIsNot(String payload) {
    for (Inflation inflation : new Inflation[] {forgetting, keeping}) {
      assertEquals("Hello", inflate(inflation, hex(payload)));
      assertRubbish(inflation::end);
    }
  }

  @Test
  void theTailMayStandInSeveralPieces() {
    byte[] payload = hex(HELLO + " 00 00 ff ff");
    for (Inflation inflation : new Inflation[] {forgetting, keeping}) {
      for (int cut = 0; cut < payload.length; cut++) {
        String text =
            inflate(inflation, Arrays.copyOf(payload, cut))
                + inflate(inflation, Arrays.copyOfRange(payload, cut, payload.length));
        inflation.end();
        assertEquals("Hello", text);
      }
    }
  }

  @Test
  void aMessageThatIsCutOffIsInvalid() {
    byte[] noise = new byte[60];
    new Random(1).nextBytes(noise);
    byte[] text = Samples.text(new Random(2), 400);
    for (byte[] message : new byte[][] {noise, text, "Hello".getBytes(UTF_8)}) {
      try (Deflation deflation = new Deflation(pools, 9, NO_CONTEXT)) {
        byte[] payload = deflation.message(message);
        int first = payload[0] == 0 ? 2 : 1; // of a stored block, one byte alone is a message
        for (int length = first; length < payload.length; length++) {
          byte[] start = Arrays.copyOf(payload, length);
          Inflation inflation = new Inflation(pools, NO_CONTEXT);
          assertRubbish(() -> {
            inflate(inflation, start);
            inflation.end();
          });
          inflation.close();
        }
      }
    }
  }

  @Test
  void aTailThatWasLeftInIsNotPutBack() {
    byte[] flushed = join(hex(HELLO), hex("00 00 ff ff"));
    assertEquals("Hello", inflate(forgetting, flushed));
    forgetting.end();
    assertEquals("Hello", inflate(keeping, flushed));
    keeping.end();
    assertEquals("", inflate(keeping, new byte[0])); // nothing at all for an empty message
    keeping.end();
    assertEquals("Hello", inflate(keeping, hex("f2 00 11 00 00")));
    keeping.end();
    // what only looks like one, in a stored block that is cut off
    inflate(forgetting, hex("00 06 00 f9 ff 48 00 00 ff ff"));
    assertRubbish(forgetting::end);
  }

  @Test
  void aMessageOfNothingAtAllIsEmpty() {
    forgetting.feed(new byte[0], 0, 0);
    assertEquals(0, forgetting.inflate(new byte[1], 0, 1));
    forgetting.end();
    assertEquals(0, pools.inflaters().idle());
  }

  @Test
  void itGivesNoMoreThanThereIsRoomFor() {
    byte[] message = Samples.message(new Random(5), 10_000);
    try (Deflation deflation = new Deflation(pools, 6, NO_CONTEXT)) {
      byte[] payload = deflation.message(message);
      for (int room : new int[] {1, 2, 7, 4_999, 10_000, 10_001}) {
        forgetting.feed(payload, 0, payload.length);
        byte[] out = new byte[10_003];
        int at = 1;
        int last = 1;
        for (int n = 1; n > 0; at += n) {
          int end = Math.min(at + room, out.length);
          n = forgetting.inflate(out, at, end);
          assertTrue(n <= end - at);
          last = at;
        }
        assertEquals(10_001, last);
        forgetting.end();
        assertArrayEquals(message, Arrays.copyOfRange(out, 1, 10_001));
      }
    }
  }

  @Test
  void itTellsWhetherMoreComes() {
    byte[] hello = hex(HELLO);
    forgetting.feed(hello, 0, hello.length);
    assertTrue(forgetting.hasMore());
    assertEquals(4, forgetting.inflate(new byte[10], 0, 10));
    assertFalse(forgetting.hasMore());
  }

  @Test
  void presetDictionariesCannotBeAskedFor() {
    Deflater deflater = new Deflater();
    deflater.setDictionary("Hello".getBytes(UTF_8));
    deflater.setInput("Hello".getBytes(UTF_8));
    byte[] zlib = new byte[100];
    int length = deflater.deflate(zlib, 0, 100, Deflater.SYNC_FLUSH);
    deflater.end();
    assertRubbish(() -> {
      inflate(forgetting, Arrays.copyOf(zlib, length - 4));
      forgetting.end();
    });
  }

  @Test
  void withoutContextNothingIsHeldBetweenMessages() {
    inflate(forgetting, hex(HELLO));
    assertEquals(0, pools.inflaters().idle());
    forgetting.end();
    assertEquals(1, pools.inflaters().idle());
  }

  @Test
  void whatIsHeldIsGivenBackOnClose() {
    inflate(forgetting, hex("f2 48"));
    inflate(keeping, hex(HELLO));
    keeping.end();
    assertEquals(0, pools.inflaters().idle());
    forgetting.close();
    keeping.close();
    assertEquals(2, pools.inflaters().idle());
    keeping.close();
    assertEquals(2, pools.inflaters().idle());
  }

  @Test
  void whatHasFailedIsGivenBackOnCloseAndAsGoodAsNew() {
    assertRubbish(() -> inflate(forgetting, hex("ff ff")));
    forgetting.close();
    assertEquals(1, pools.inflaters().idle());
    assertEquals("Hello", inflate(keeping, hex(HELLO)));
    assertEquals(0, pools.inflaters().idle());
  }

  private static void assertRubbish(Executable executable) {
    assertEquals(1007, assertThrows(ProtocolException.class, executable).closeCode());
  }

  private static String inflate(Inflation inflation, byte[] payload) {
    inflation.feed(payload, 0, payload.length);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] out = new byte[3];
    for (int n = inflation.inflate(out, 0, 3); n > 0; n = inflation.inflate(out, 0, 3)) {
      all.write(out, 0, n);
    }
    return all.toString(UTF_8);
  }
}
