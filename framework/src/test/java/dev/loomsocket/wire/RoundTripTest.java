package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.frame;
import static dev.loomsocket.wire.ClientFrames.join;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is framed by one side is the message that the other side gets. Seeded. */
class RoundTripTest {
  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 2, 7, 8, 9, 124, 125, 126, 127, 128, 65_534, 65_535, 65_536, 65_537, 200_000})
  void messagesOfEverySizeArriveWhole(int size) {
    Random random = new Random(size);
    for (int n = 0; n < 20; n++) {
      byte[] message = new byte[size];
      random.nextBytes(message);
      byte[] stream = frame(true, Opcode.BINARY, message, random.nextInt());
      assertEquals(List.of(Receiver.binary(message)), Receiver.receive(cut(stream, random)));
    }
  }

  @Test
  void fragmentedMessagesWithControlFramesBetweenThemArriveInOrder() {
    Random random = new Random(11);
    for (int n = 0; n < 1_000; n++) {
      List<String> expected = new ArrayList<>();
      List<byte[]> frames = new ArrayList<>();
      for (int messages = random.nextInt(5); messages >= 0; messages--) {
        addMessage(random, frames, expected);
      }
      byte[] stream = join(frames.toArray(byte[][]::new));
      assertEquals(expected, Receiver.receive(cut(stream, random)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 70_000})
  void aServersHeaderWithAMaskIsTheClientsHeader(int size) {
    byte[] message = new byte[size];
    new Random(size).nextBytes(message);
    byte[] server = new byte[FrameHeader.size(size)];
    assertEquals(server.length, FrameHeader.encode(server, 0, true, Opcode.BINARY, size));
    byte[] client = frame(true, Opcode.BINARY, message, 0);
    server[1] |= (byte) 0x80;
    assertArrayEquals(server, Arrays.copyOf(client, server.length));
  }

  private static void addMessage(Random random, List<byte[]> frames, List<String> expected) {
    boolean text = random.nextBoolean();
    byte[] message = text ? Utf8Test.randomText(random, random.nextInt(200)).getBytes(UTF_8) : null;
    if (message == null) {
      message = new byte[random.nextInt(300)];
      random.nextBytes(message);
    }
    int opcode = text ? Opcode.TEXT : Opcode.BINARY;
    int at = 0;
    while (random.nextInt(3) > 0) {
      int next = at + random.nextInt(message.length - at + 1);
      frames.add(frame(false, opcode, Arrays.copyOfRange(message, at, next), random.nextInt()));
      if (random.nextInt(3) == 0) {
        byte[] data = new byte[random.nextInt(126)];
        random.nextBytes(data);
        frames.add(frame(true, Opcode.PING, data, random.nextInt()));
        expected.add("ping " + ClientFrames.hex(data));
      }
      opcode = Opcode.CONTINUATION;
      at = next;
    }
    byte[] rest = Arrays.copyOfRange(message, at, message.length);
    frames.add(frame(true, opcode, rest, random.nextInt()));
    expected.add(text ? "text " + new String(message, UTF_8) : Receiver.binary(message));
  }

  private static byte[][] cut(byte[] stream, Random random) {
    List<byte[]> pieces = new ArrayList<>();
    int largest = 1 + random.nextInt(Math.max(20, stream.length));
    for (int at = 0; at < stream.length; ) {
      int next = Math.min(stream.length, at + 1 + random.nextInt(largest));
      pieces.add(Arrays.copyOfRange(stream, at, next));
      at = next;
    }
    return pieces.toArray(byte[][]::new);
  }
}
