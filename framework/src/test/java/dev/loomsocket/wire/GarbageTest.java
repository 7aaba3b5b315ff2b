package dev.loomsocket.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes, there is a result or a ProtocolException, within the limits of memory. Seeded.
 */
class GarbageTest {
  private static final int INPUTS = 1_000_000;
  private static final int[] LIMITS = {0, 20, 1_000, 1 << 20, Integer.MAX_VALUE};

  private final Random random = new Random(6455);
  private final Map<String, Integer> seen = new HashMap<>();

  /** Anything but a ProtocolException leaves the Receiver, which also watches the memory held. */
  @Test
  void aMillionInputsGiveAResultOrAProtocolException() {
    for (int n = 0; n < INPUTS; n++) {
      byte[] input = n % 3 == 0 ? noise() : frames();
      Receiver receiver = new Receiver(LIMITS[n % LIMITS.length]);
      int cut = random.nextInt(input.length + 1);
      receiver.feed(Arrays.copyOfRange(input, 0, cut));
      receiver.feed(Arrays.copyOfRange(input, cut, input.length));
      count(receiver.events());
    }
    // and the input was not so bad that all of it fell at the first hurdle
    for (String good : List.of("text", "binary", "ping", "pong", "close")) {
      assertTrue(seen.getOrDefault(good, 0) > 10_000, seen.toString());
    }
    for (String bad : List.of("fail 1002", "fail 1007", "fail 1009")) {
      assertTrue(seen.getOrDefault(bad, 0) > 10_000, seen.toString());
    }
  }

  private byte[] noise() {
    byte[] noise = new byte[random.nextInt(64)];
    random.nextBytes(noise);
    return noise;
  }

  /** Frames that are good mostly, cut off anywhere, sometimes with one bit wrong. */
  private byte[] frames() {
    byte[] frames = new byte[96];
    boolean underWay = false;
    for (int at = 0; at < frames.length; ) {
      boolean fin = random.nextInt(3) > 0;
      boolean inOrder = random.nextInt(8) > 0;
      int opcode = underWay == inOrder ? Opcode.CONTINUATION : 1 + random.nextInt(2);
      if (random.nextInt(4) == 0) {
        opcode = Opcode.CLOSE + random.nextInt(3);
        fin |= inOrder;
      } else {
        underWay = !fin;
      }
      byte[] frame = ClientFrames.frame(fin, opcode, payload(opcode), random.nextInt());
      int length = Math.min(frame.length, frames.length - at);
      System.arraycopy(frame, 0, frames, at, length);
      if (random.nextInt(32) == 0) {
        announceAnyLength(frames, at);
      }
      at += length;
    }
    if (random.nextInt(3) == 0) {
      frames[random.nextInt(frames.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return Arrays.copyOf(frames, random.nextInt(frames.length + 1));
  }

  private void announceAnyLength(byte[] frames, int at) {
    byte[] header = new byte[FrameHeader.MAX_SIZE];
    long length = random.nextLong() >>> random.nextInt(64);
    int end = FrameHeader.encode(header, 0, random.nextBoolean(), Opcode.BINARY, length);
    header[1] |= (byte) 0x80;
    System.arraycopy(header, 0, frames, at, Math.min(end + 4, frames.length - at));
  }

  private byte[] payload(int opcode) {
    if (opcode == Opcode.CLOSE) {
      return new ClosePayload(CloseCode.NORMAL, "bye").encode();
    }
    return random.nextInt(8) == 0
        ? noise()
        : Utf8Test.randomText(random, random.nextInt(8)).getBytes(UTF_8);
  }

  private void count(List<String> events) {
    for (String event : events) {
      String kind = event.startsWith("fail") ? event : event.substring(0, event.indexOf(' '));
      seen.merge(kind, 1, Integer::sum);
    }
  }
}
