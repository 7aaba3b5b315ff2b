package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.header;
import static dev.loomsocket.wire.ClientFrames.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageAssemblerTest {
  private static final boolean FIN = true;
  private static final boolean MORE = false;

  private final MessageAssembler assembler = new MessageAssembler(1000);

  @Test
  void theFragmentsOfTheRfcAreHello() {
    assertFalse(frame(MORE, Opcode.TEXT, "Hel"));
    assertTrue(frame(FIN, Opcode.CONTINUATION, "lo"));
    assertTrue(assembler.isText());
    assertEquals("Hello", assembler.text());
  }

  @Test
  void aBinaryMessageIsNotText() {
    assertTrue(frame(FIN, Opcode.BINARY, "\u0001\u0002"));
    assertFalse(assembler.isText());
    assertArrayEquals(new byte[] {1, 2}, assembler.binary());
  }

  @Test
  void emptyFramesMakeAnEmptyMessage() {
    assertFalse(frame(MORE, Opcode.TEXT, ""));
    assertFalse(frame(MORE, Opcode.CONTINUATION, ""));
    assertTrue(frame(FIN, Opcode.CONTINUATION, ""));
    assertEquals("", assembler.text());
    assertTrue(frame(FIN, Opcode.BINARY, ""));
    assertEquals(0, assembler.binary().length);
  }

  @Test
  void oneMessageFollowsAnotherWithoutATrace() {
    frame(FIN, Opcode.TEXT, "a long first message");
    assembler.text();
    assertEquals(0, assembler.capacity());
    frame(FIN, Opcode.BINARY, "b");
    assertArrayEquals(new byte[] {'b'}, assembler.binary());
    frame(FIN, Opcode.TEXT, "c");
    assertEquals("c", assembler.text());
  }

  @Test
  void anArrayHandedOutIsNotUsedAgain() {
    frame(FIN, Opcode.BINARY, "first");
    byte[] first = assembler.binary();
    frame(FIN, Opcode.BINARY, "other");
    assertArrayEquals("first".getBytes(UTF_8), first);
  }

  @Test
  void theCallersArrayIsCopied() {
    assembler.begin(header(FIN, Opcode.BINARY, 1));
    byte[] bytes = {1};
    assembler.append(bytes, 0, 1);
    bytes[0] = 2;
    assembler.frameEnded();
    assertArrayEquals(new byte[] {1}, assembler.binary());
  }

  @ParameterizedTest
  @ValueSource(booleans = {FIN, MORE})
  void aContinuationOfNothingIsAProtocolError(boolean fin) {
    assertEquals(1002, refusal(fin, Opcode.CONTINUATION, 1));
    frame(FIN, Opcode.TEXT, "done");
    assembler.text();
    assertEquals(1002, refusal(fin, Opcode.CONTINUATION, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcode.TEXT, Opcode.BINARY})
  void aNewMessageInsideAFragmentedOneIsAProtocolError(int opcode) {
    frame(MORE, Opcode.TEXT, "begun");
    assertEquals(1002, refusal(FIN, opcode, 1));
    assertEquals(1002, refusal(MORE, opcode, 1));
  }

  @Test
  void theLimitItselfIsAllowed() {
    assertTrue(frame(FIN, Opcode.TEXT, "x".repeat(1000)));
    assertEquals(1000, assembler.text().length());
  }

  @ParameterizedTest
  @ValueSource(longs = {1001, 65_536, 1L << 31, 1L << 32, Long.MAX_VALUE})
  void aHeaderAboveTheLimitIsTooBigBeforeAnythingIsAllocated(long length) {
    assertEquals(1009, refusal(FIN, Opcode.BINARY, length));
    assertEquals(1009, refusal(MORE, Opcode.BINARY, length));
    assertEquals(0, assembler.capacity());
  }

  @ParameterizedTest
  @ValueSource(longs = {501, 65_536, Long.MAX_VALUE})
  void theFragmentsTogetherCountAgainstTheLimit(long length) {
    frame(MORE, Opcode.BINARY, "x".repeat(500));
    assertEquals(1009, refusal(FIN, Opcode.CONTINUATION, length));
    assertTrue(frame(FIN, Opcode.CONTINUATION, "x".repeat(500)));
  }

  @Test
  void theReasonNamesTheSettingAndItsValueInACloseFramesRoom() {
    MessageAssembler large = new MessageAssembler(Long.MAX_VALUE);
    FrameHeader header = header(FIN, Opcode.BINARY, Long.MAX_VALUE);
    String reason = assertThrows(ProtocolException.class, () -> large.begin(header)).getMessage();
    assertEquals(
        "message larger than 2147483639 bytes: max-message-size (of an endpoint: maxMessageSize)",
        reason); // the largest array
    assertTrue(reason.length() <= ClosePayload.MAX_REASON_BYTES, reason);
  }

  @Test
  void aLargePayloadMayBePutWhereItStays() {
    MessageAssembler large = new MessageAssembler(1 << 20);
    byte[] payload = new byte[300_000];
    new Random(1).nextBytes(payload);
    large.begin(header(FIN, Opcode.BINARY, payload.length));
    large.append(payload, 0, 16_384);
    int at = 16_384;
    for (ByteBuffer room = large.room(); room != null; room = large.room()) {
      int n = Math.min(room.remaining(), 10_007);
      room.put(payload, at, n);
      large.appended(n);
      at += n;
    }
    assertTrue(payload.length - at < 8 * 1024, () -> "little is to come");
    large.append(payload, at, payload.length);
    assertTrue(large.frameEnded());
    assertArrayEquals(payload, large.binary());
  }

  @Test
  void textThatWasPutWhereItStaysIsCheckedToo() {
    MessageAssembler large = new MessageAssembler(1 << 20);
    large.begin(header(FIN, Opcode.TEXT, 20_000));
    byte[] some = "a".repeat(5_000).getBytes(UTF_8);
    large.append(some, 0, some.length);
    Objects.requireNonNull(large.room()).put((byte) 'a').put((byte) 0xff);
    var e = assertThrows(ProtocolException.class, () -> large.appended(2));
    assertEquals(1007, e.closeCode());
  }

  @Test
  void thereIsRoomForNoMoreThanWhatArrivedDeserves() {
    MessageAssembler large = new MessageAssembler(1 << 30);
    large.begin(header(FIN, Opcode.BINARY, 1 << 30));
    large.append(new byte[2_000], 0, 2_000);
    assertTrue(Objects.requireNonNull(large.room()).remaining() <= 8 * 2_000);
    assertTrue(large.capacity() <= 8 * 2_000);
  }

  @Test
  void aLimitOfZeroAllowsEmptyMessagesOnly() {
    MessageAssembler none = new MessageAssembler(0);
    none.begin(header(FIN, Opcode.TEXT, 0));
    assertTrue(none.frameEnded());
    assertEquals("", none.text());
    assertThrows(ProtocolException.class, () -> none.begin(header(FIN, Opcode.TEXT, 1)));
    assertThrows(IllegalArgumentException.class, () -> new MessageAssembler(-1));
  }

  @Test
  void badTextFailsWithThePieceThatHoldsIt() {
    assembler.begin(header(MORE, Opcode.TEXT, 100));
    byte[] bytes = hex("61 e2 82 ac ed a0 62");
    assembler.append(bytes, 0, 5);
    ProtocolException e =
        assertThrows(ProtocolException.class, () -> assembler.append(bytes, 5, 6));
    assertEquals(1007, e.closeCode());
  }

  @Test
  void aCharacterMayLieInTwoFramesButNotInTwoMessages() {
    byte[] euro = hex("e2 82 ac");
    assembler.begin(header(MORE, Opcode.TEXT, 2));
    assembler.append(euro, 0, 2);
    assertFalse(assembler.frameEnded());
    assembler.begin(header(FIN, Opcode.CONTINUATION, 1));
    assembler.append(euro, 2, 3);
    assertTrue(assembler.frameEnded());
    assertEquals("€", assembler.text());

    assembler.begin(header(FIN, Opcode.TEXT, 2));
    assembler.append(euro, 0, 2);
    ProtocolException e = assertThrows(ProtocolException.class, assembler::frameEnded);
    assertEquals(1007, e.closeCode());
  }

  @Test
  void binaryMayHoldAnything() {
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    assembler.begin(header(FIN, Opcode.BINARY, 256));
    assembler.append(all, 0, 256);
    assembler.frameEnded();
    assertArrayEquals(all, assembler.binary());
  }

  @Test
  void moreThanDeclaredIsTheCallersMistake() {
    assembler.begin(header(FIN, Opcode.BINARY, 3));
    assembler.append(new byte[2], 0, 2);
    assertThrows(IllegalArgumentException.class, () -> assembler.append(new byte[2], 0, 2));
  }

  private boolean frame(boolean fin, int opcode, String payload) {
    byte[] bytes = payload.getBytes(UTF_8);
    assembler.begin(header(fin, opcode, bytes.length));
    assembler.append(bytes, 0, bytes.length);
    return assembler.frameEnded();
  }

  private int refusal(boolean fin, int opcode, long length) {
    FrameHeader header = header(fin, opcode, length);
    return assertThrows(ProtocolException.class, () -> assembler.begin(header)).closeCode();
  }
}
