package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.fuzz.Input;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fuzzes the bytes of a whole connection, without compression, with it, and with a context that is
 * kept: the same events however they are cut, and whether messages are assembled or streamed.
 */
public final class MessagesFuzz {
  /** An event of a message that cannot be inflated or is too large. */
  static final String REFUSED = "refused";

  private static final int[] LIMITS = {0, 20, 1_000, 1 << 16};
  private static final DeflatePools POOLS = new DeflatePools(2);

  private MessagesFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Input input = new Input(bytes);
    int limit = LIMITS[input.choose(LIMITS.length)];
    DeflateParameters parameters =
        switch (input.choose(3)) {
          case 0 -> null;
          case 1 -> Samples.NO_CONTEXT;
          default -> Samples.CONTEXT;
        };
    int cut = input.choose(256);
    byte[] frames = input.rest();
    sameEvents(limit, parameters, frames, cut);
  }

  /** Fails unless all ways to receive these frames give the same. */
  static List<String> sameEvents(
      int limit, @Nullable DeflateParameters parameters, byte[] frames, int cut) {
    List<String> events = receive(limit, parameters, false, frames);
    byte[][] halves = {
      Arrays.copyOf(frames, Math.min(cut, frames.length)),
      Arrays.copyOfRange(frames, Math.min(cut, frames.length), frames.length)
    };
    byte[][] single = new byte[frames.length][];
    for (int i = 0; i < frames.length; i++) {
      single[i] = new byte[] {frames[i]};
    }
    for (boolean streams : new boolean[] {false, true}) {
      same(events, receive(limit, parameters, streams, frames), parameters);
      same(events, receive(limit, parameters, streams, halves), parameters);
      same(events, receive(limit, parameters, streams, single), parameters);
    }
    return events;
  }

  private static void same(
      List<String> expected, List<String> events, @Nullable DeflateParameters parameters) {
    if (parameters == null) {
      assertEquals(expected, events);
    } else {
      assertEquals(withoutReason(expected), withoutReason(events));
    }
  }

  /**
   * Rubbish right behind the limit: the inflater may see it before we see that there is too much.
   * It depends on the pieces which of the two is told.
   */
  static List<String> withoutReason(List<String> events) {
    return events.stream().map(event -> event.matches("fail 100[79]") ? REFUSED : event).toList();
  }

  private static List<String> receive(
      int limit, @Nullable DeflateParameters parameters, boolean streams, byte[]... pieces) {
    if (parameters == null) {
      return Receiver.receive(new Receiver(limit, null, streams), pieces);
    }
    try (Inflation inflation = new Inflation(POOLS, parameters)) {
      return Receiver.receive(new Receiver(limit, inflation, streams), pieces);
    }
  }
}
