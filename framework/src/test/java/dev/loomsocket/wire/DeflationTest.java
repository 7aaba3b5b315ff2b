package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.hex;
import static dev.loomsocket.wire.ClientFrames.join;
import static dev.loomsocket.wire.Samples.CONTEXT;
import static dev.loomsocket.wire.Samples.NO_CONTEXT;
import static dev.loomsocket.wire.Samples.withTail;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeflationTest {
  private static final byte[] HELLO = "Hello".getBytes(UTF_8);
  private static final String HELLO_DEFLATED = "f2 48 cd c9 c9 07 00"; // RFC 7692 §7.2.3.1

  private final DeflatePools pools = new DeflatePools(4);

  static List<DeflateParameters> bothContexts() {
    return List.of(NO_CONTEXT, CONTEXT);
  }

  private Deflation deflation(DeflateParameters parameters) {
    return new Deflation(pools, 6, parameters);
  }

  @ParameterizedTest
  @MethodSource("bothContexts")
  void helloIsWhatTheRfcSays(DeflateParameters parameters) {
    assertEquals(HELLO_DEFLATED, hex(deflation(parameters).message(HELLO)));
  }

  @Test
  void theSecondHelloRefersToTheFirstIfTheContextIsKept() {
    Deflation keeping = deflation(CONTEXT);
    keeping.message(HELLO);
    assertEquals("f2 00 11 00 00", hex(keeping.message(HELLO))); // §7.2.3.2
    Deflation forgetting = deflation(NO_CONTEXT);
    forgetting.message(HELLO);
    assertEquals(HELLO_DEFLATED, hex(forgetting.message(HELLO)));
  }

  @ParameterizedTest
  @MethodSource("bothContexts")
  void anEmptyMessageIsAnEmptyBlockWhereverItStands(DeflateParameters parameters) {
    Deflation deflation = deflation(parameters);
    byte[] all = {};
    for (byte[] message : List.of(new byte[0], new byte[0], HELLO, new byte[0], HELLO)) {
      byte[] payload = deflation.message(message);
      assertEquals(message.length == 0, Arrays.equals(new byte[1], payload)); // §7.2.3.6
      all = join(all, withTail(payload));
    }
    assertEquals("HelloHello", new String(PlainInflate.of(all).bytes(), UTF_8));
  }

  @ParameterizedTest
  @MethodSource("bothContexts")
  void eachPieceInflatesWithoutTheNext(DeflateParameters parameters) throws DataFormatException {
    Deflation deflation = deflation(parameters);
    for (int message = 0; message < 3; message++) {
      Inflater inflater = new Inflater(true);
      byte[] out = new byte[10];
      inflater.setInput(deflation.piece(HELLO, 0, 3));
      assertEquals(3, inflater.inflate(out));
      assertEquals(0, deflation.piece(HELLO, 3, 3).length);
      inflater.setInput(deflation.piece(HELLO, 3, 4));
      assertEquals(1, inflater.inflate(out, 3, 7));
      inflater.setInput(withTail(deflation.lastPiece(HELLO, 4, 5)));
      assertEquals(1, inflater.inflate(out, 4, 6));
      assertEquals("Hello", new String(out, 0, 5, UTF_8));
      inflater.end();
      deflation.close(); // or the next message would refer to what this inflater knew
    }
  }

  @ParameterizedTest
  @MethodSource("bothContexts")
  void aMessageMayBeginAndEndWithEmptyPieces(DeflateParameters parameters) {
    Deflation deflation = deflation(parameters);
    byte[] none = {};
    assertEquals(0, deflation.piece(none, 0, 0).length);
    byte[] piece = deflation.piece(HELLO, 0, 5);
    byte[] last = deflation.lastPiece(none, 0, 0);
    assertEquals("00", hex(last));
    assertArrayEquals(HELLO, PlainInflate.of(withTail(join(piece, last))).bytes());
    assertEquals(0, deflation.piece(none, 0, 0).length);
    assertEquals("00", hex(deflation.lastPiece(none, 0, 0)));
  }

  @Test
  void payloadsThatFillTheArraysExactlyOrNearlyAreWhole() {
    Random random = new Random(16);
    for (int size = DeflatePools.SCRATCH_SIZE - 40; size < DeflatePools.SCRATCH_SIZE; size++) {
      byte[] noise = new byte[size]; // it gets larger by some bytes
      random.nextBytes(noise);
      byte[] payload = deflation(NO_CONTEXT).message(noise);
      assertArrayEquals(noise, PlainInflate.of(withTail(payload)).bytes(), "size " + size);
      assertTrue(payload.length <= size + 16, size + " bytes became " + payload.length);
    }
  }

  @Test
  void withoutContextNothingIsHeldBetweenMessages() {
    Deflation deflation = deflation(NO_CONTEXT);
    deflation.message(HELLO);
    assertEquals(1, pools.deflaters(6).idle());
    deflation.piece(HELLO, 0, 2);
    assertEquals(0, pools.deflaters(6).idle());
    deflation.lastPiece(HELLO, 2, 5);
    assertEquals(1, pools.deflaters(6).idle());
    assertEquals(1, pools.scratch().idle());
  }

  @Test
  void whatIsHeldIsGivenBackOnClose() {
    Deflation keeping = deflation(CONTEXT);
    Deflation inMessage = deflation(NO_CONTEXT);
    keeping.message(HELLO);
    inMessage.piece(HELLO, 0, 2);
    assertEquals(0, pools.deflaters(6).idle());
    keeping.close();
    inMessage.close();
    assertEquals(2, pools.deflaters(6).idle());
    keeping.close();
    assertEquals(2, pools.deflaters(6).idle());
    assertEquals(HELLO_DEFLATED, hex(deflation(CONTEXT).message(HELLO)));
  }

  @Test
  void oneMayCompressForAllThatShareParameters() {
    byte[] message = Samples.text(new Random(3), 3_000);
    byte[] once = deflation(NO_CONTEXT).message(message);
    Deflation other = deflation(NO_CONTEXT);
    other.message(HELLO);
    assertArrayEquals(once, other.message(message));
  }

  @Test
  void aCompressedMessageGoesOnWithBytesThatAreNot() {
    byte[] payload = Deflation.followedBy(deflation(NO_CONTEXT).message(HELLO), HELLO);
    assertEquals("f2 48 cd c9 c9 07 00 05 00 fa ff 48 65 6c 6c 6f 00", hex(payload));
    assertEquals("HelloHello", new String(PlainInflate.of(withTail(payload)).bytes(), UTF_8));
  }

  @Test
  void whateverTheWindowAndTheSizesTheyAreOneMessage() {
    Random random = new Random(3);
    for (int bits = 8; bits <= 15; bits++) {
      DeflateParameters parameters = new DeflateParameters(true, true, bits, 15);
      for (int size : new int[] {0, 1, 255, 256, 257, 512, 5_000, 32_768, 70_000}) {
        byte[] message = new byte[size];
        for (int i = 0; i < size; i++) {
          message[i] = (byte) random.nextInt(4);
        }
        byte[] end = new byte[random.nextInt(300)];
        random.nextBytes(end);
        byte[] payload = Deflation.followedBy(deflation(parameters).message(message), end);
        assertArrayEquals(join(message, end), PlainInflate.of(withTail(payload)).bytes());
        byte[] more = Deflation.followedBy(payload, end);
        assertArrayEquals(join(message, end, end), PlainInflate.of(withTail(more)).bytes());
      }
    }
  }

  @Test
  void noMoreThanAStoredBlockHoldsGoesThere() {
    byte[] payload = deflation(NO_CONTEXT).message(HELLO);
    assertEquals(
        65_535,
        PlainInflate.of(withTail(Deflation.followedBy(payload, new byte[65_535]))).bytes().length
            - 5);
    assertThrows(
        IndexOutOfBoundsException.class, () -> Deflation.followedBy(payload, new byte[65_536]));
  }
}
