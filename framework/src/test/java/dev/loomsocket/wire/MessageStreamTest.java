package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.header;
import static dev.loomsocket.wire.ClientFrames.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The rules that {@link MessageAssemblerTest} does not show already. */
class MessageStreamTest {
  private static final boolean FIN = true;
  private static final boolean MORE = false;
  private static final byte[] HELLO = hex("f2 48 cd c9 c9 07 00");

  private final DeflatePools pools = new DeflatePools(1);
  private final Inflation inflation = new Inflation(pools, Samples.NO_CONTEXT);
  private final MessageStream stream = new MessageStream(1_000, inflation);
  private final byte[] out = new byte[100];

  @Test
  void bytesComeAsTheyAreWanted() {
    byte[] bytes = "Hello".getBytes(UTF_8);
    stream.begin(header(FIN, Opcode.TEXT, 5));
    assertEquals(0, stream.read(out, 0, 100));
    stream.feed(bytes, 0, 4);
    assertEquals(3, stream.read(out, 10, 13));
    assertEquals(1, stream.read(out, 13, 16));
    assertEquals(0, stream.read(out, 14, 16));
    stream.feed(bytes, 4, 5);
    assertEquals(1, stream.read(out, 14, 16));
    assertTrue(stream.frameEnded());
    assertTrue(stream.isText());
    assertFalse(stream.isCompressed());
    assertEquals("Hello", new String(out, 10, 5, UTF_8));
  }

  @Test
  void compressedBytesComeTheSameWay() {
    stream.begin(header(MORE, true, Opcode.BINARY, 3));
    assertTrue(stream.isCompressed());
    stream.feed(HELLO, 0, 3);
    int first = stream.read(out, 0, 1);
    assertEquals(1, first);
    int count = first + stream.read(out, 1, 100);
    assertEquals(0, stream.read(out, 50, 100));
    assertFalse(stream.frameEnded());
    stream.begin(header(FIN, Opcode.CONTINUATION, 4));
    stream.feed(HELLO, 3, 7);
    count += stream.read(out, count, 100);
    assertEquals(0, stream.read(out, 50, 100));
    assertTrue(stream.frameEnded());
    assertFalse(stream.isText());
    assertEquals("Hello", new String(out, 0, count, UTF_8));
  }

  @Test
  void textIsCheckedAsItPasses() {
    byte[] bytes = hex("61 e2 82 ac ff");
    stream.begin(header(FIN, Opcode.TEXT, 5));
    stream.feed(bytes, 0, 5);
    assertEquals(2, stream.read(out, 0, 2));
    assertEquals(2, stream.read(out, 0, 2));
    assertEquals(1007, failure(() -> stream.read(out, 0, 2)));
  }

  @Test
  void theReasonOfARefusalNamesTheOptionAsAUserWritesIt() {
    MessageStream limited = new MessageStream(9_999_999_999L, inflation);
    var e =
        assertThrows(
            ProtocolException.class,
            () -> limited.begin(header(FIN, Opcode.BINARY, 10_000_000_000L)));
    assertEquals(
        "message larger than 9999999999 bytes: maxStreamSize of the endpoint", e.getMessage());
  }

  @Test
  void aMessageWithoutLimitMayHaveAnyLength() {
    MessageStream unlimited = new MessageStream(Long.MAX_VALUE, inflation);
    unlimited.begin(header(MORE, Opcode.BINARY, Long.MAX_VALUE));
    assertFalse(unlimited.frameEnded());
    assertEquals(
        1009, failure(() -> unlimited.begin(header(FIN, Opcode.CONTINUATION, 1)))); // no such sum
    MessageStream compressed = new MessageStream(Long.MAX_VALUE, inflation);
    compressed.begin(header(MORE, true, Opcode.BINARY, Long.MAX_VALUE));
    assertFalse(compressed.frameEnded());
    compressed.begin(header(FIN, Opcode.CONTINUATION, Long.MAX_VALUE));
  }

  @Test
  void withoutLimitCompressedBytesGoWhereTheyAreWantedToo() {
    MessageStream unlimited = new MessageStream(Long.MAX_VALUE, inflation);
    unlimited.begin(header(FIN, true, Opcode.BINARY, HELLO.length));
    unlimited.feed(HELLO, 0, HELLO.length);
    assertEquals(5, unlimited.read(out, 10, 100));
    assertEquals("Hello", new String(out, 10, 5, UTF_8));
  }

  @Test
  void theLengthOfACompressedFrameProvesNothing() {
    stream.begin(header(MORE, true, Opcode.BINARY, 1_000_000));
    stream.frameEnded();
    stream.begin(header(FIN, Opcode.CONTINUATION, 1_000_000)); // neither does that of its fragments
  }

  @Test
  void aCompressedMessageNeedsTheExtension() {
    MessageStream plain = new MessageStream(1_000);
    assertEquals(1002, failure(() -> plain.begin(header(FIN, true, Opcode.TEXT, 7))));
  }

  @Test
  void moreThanDeclaredIsTheCallersMistake() {
    stream.begin(header(FIN, true, Opcode.TEXT, 6));
    stream.feed(HELLO, 0, 5);
    assertThrows(IllegalArgumentException.class, () -> stream.feed(HELLO, 5, 7));
    assertThrows(IllegalArgumentException.class, () -> new MessageStream(-1));
  }

  private static int failure(Executable executable) {
    return assertThrows(ProtocolException.class, executable).closeCode();
  }
}
