package dev.loomsocket.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Random;

/** Messages of many kinds, seeded, and the parameters to send them with. */
final class Samples {
  static final DeflateParameters NO_CONTEXT = parameters(true, 15);
  static final DeflateParameters CONTEXT = parameters(false, 15);

  private static final String[] WORDS = {
    "the ", "quick ", "brown ", "fox ", "jumps ", "über ", "{\"room\":17}", "€ ", "😀 ", "\n"
  };

  private Samples() {}

  /** The same for both sides, but for the server's window. */
  static DeflateParameters parameters(boolean noContextTakeover, int serverMaxWindowBits) {
    return new DeflateParameters(noContextTakeover, noContextTakeover, serverMaxWindowBits, 15);
  }

  /** Noise, zeros, text, or one piece that comes again and again at any distance. */
  static byte[] message(Random random, int size) {
    byte[] message = new byte[size];
    switch (random.nextInt(4)) {
      case 0 -> random.nextBytes(message);
      case 1 -> Arrays.fill(message, (byte) random.nextInt(256));
      case 2 -> message = text(random, size);
      default -> {
        int distance = (1 << 8 + random.nextInt(8)) + random.nextInt(7) - 3;
        random.nextBytes(message);
        for (int at = distance; at < size; at++) {
          message[at] = random.nextInt(50) == 0 ? message[at] : message[at - distance];
        }
      }
    }
    return message;
  }

  /** Words in a random order; cut at its end, so that it may not be UTF-8 there. */
  static byte[] text(Random random, int size) {
    StringBuilder text = new StringBuilder();
    while (text.length() < size) {
      text.append(WORDS[random.nextInt(WORDS.length)]);
    }
    return Arrays.copyOf(text.toString().getBytes(UTF_8), size);
  }

  /** What a receiver inflates (RFC 7692 §7.2.2). */
  static byte[] withTail(byte[] payload) {
    return ClientFrames.join(payload, new byte[] {0, 0, -1, -1});
  }
}
