package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes compressed, there is a result or a ProtocolException, within the limits of memory.
 * Seeded.
 */
class DeflateGarbageTest {
  private static final int INPUTS = 1_000_000;
  private static final int[] LIMITS = {0, 20, 1_000, 1 << 20, Integer.MAX_VALUE};
  private static final DeflateParameters[] PARAMETERS = {Samples.NO_CONTEXT, Samples.CONTEXT};

  private final Random random = new Random(7692);
  private final DeflatePools pools = new DeflatePools(2);
  private final Deflation deflation = new Deflation(pools, 1, Samples.NO_CONTEXT);
  private final Map<String, Integer> seen = new HashMap<>();
  private final byte[][] good = new byte[500][];

  /** Anything but a ProtocolException leaves the Receiver, which also watches the memory held. */
  @Test
  void aMillionInputsGiveAResultOrAProtocolException() {
    for (int n = 0; n < good.length; n++) {
      int size = random.nextInt(n % 10 == 0 ? 30_000 : 60);
      byte[] message = n % 2 == 0 ? new byte[size] : Samples.text(random, size);
      good[n] = deflation.message(message);
    }
    for (int n = 0; n < INPUTS; n++) {
      byte[] input = frames();
      try (Inflation inflation = new Inflation(pools, PARAMETERS[n % 2])) {
        Receiver receiver = new Receiver(LIMITS[n % LIMITS.length], inflation, n % 7 == 0);
        int cut = random.nextInt(input.length + 1);
        receiver.feed(Arrays.copyOfRange(input, 0, cut));
        receiver.feed(Arrays.copyOfRange(input, cut, input.length));
        receiver.events().forEach(this::count);
      }
    }
    assertEquals(1, pools.inflaters().idle()); // one was enough, and is not lost
    for (String kind : List.of("text", "binary", "fail 1002", "fail 1007", "fail 1009")) {
      assertTrue(seen.getOrDefault(kind, 0) > 10_000, seen.toString());
    }
  }

  /** One to three messages, mostly compressed, with a bit wrong or bytes cut off now and then. */
  private byte[] frames() {
    byte[] frames = {};
    for (int messages = random.nextInt(3); messages >= 0; messages--) {
      byte[] payload = payload();
      int opcode = 1 + random.nextInt(2);
      int rsv = random.nextInt(8) > 0 ? ClientFrames.RSV1 : random.nextInt(2) * 0x60;
      int cut = random.nextInt(payload.length + 1);
      if (random.nextInt(3) == 0) {
        byte[] first = Arrays.copyOfRange(payload, 0, cut);
        byte[] rest = Arrays.copyOfRange(payload, cut, payload.length);
        int continuation = random.nextInt(20) == 0 ? ClientFrames.RSV1 : Opcode.CONTINUATION;
        frames =
            ClientFrames.join(
                frames,
                ClientFrames.frame(false, rsv | opcode, first),
                ClientFrames.frame(true, continuation, rest));
      } else {
        frames = ClientFrames.join(frames, ClientFrames.frame(true, rsv | opcode, payload));
      }
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(frames, random.nextInt(frames.length)) : frames;
  }

  private byte[] payload() {
    byte[] payload = good[random.nextInt(good.length)];
    switch (random.nextInt(6)) {
      case 0 -> {
        payload = new byte[random.nextInt(40)];
        random.nextBytes(payload);
      }
      case 1 -> {
        payload = payload.clone();
        payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
      }
      case 2 -> payload = Arrays.copyOf(payload, random.nextInt(payload.length));
      default -> {} // as it is
    }
    return payload;
  }

  private void count(String event) {
    String kind = event.startsWith("fail") ? event : event.substring(0, event.indexOf(' '));
    seen.merge(kind, 1, Integer::sum);
  }
}
