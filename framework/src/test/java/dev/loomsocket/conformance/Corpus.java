package dev.loomsocket.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Messages of every kind, by seed: the same in each run.
 *
 * @param opcode 1 for text, 2 for binary
 */
record Corpus(int opcode, byte[] message) {
  private static final String[] WORDS = {
    "the", "loom", "weaves", "a", "thread", "of", "silk", "and", "warp", "größer", "wörter",
    "κόσμε", "織機", "🧵", "shuttle", "heddle"
  };

  /** A message of exactly so many bytes; its seed decides whether it is easy to compress. */
  static Corpus of(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    return switch (random.nextInt(5)) {
      case 0 -> text(words(random, size), size);
      case 1 -> text(json(random, size), size);
      case 2 -> text("*".repeat(size), size);
      case 3 -> new Corpus(2, noise(random, size, 256));
      default -> new Corpus(2, noise(random, size, 4));
    };
  }

  private static StringBuilder words(SplittableRandom random, int size) {
    StringBuilder text = new StringBuilder();
    while (text.length() < size) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    return text;
  }

  private static StringBuilder json(SplittableRandom random, int size) {
    StringBuilder text = new StringBuilder("[");
    while (text.length() < size) {
      text.append("{\"id\":").append(random.nextInt()).append(",\"name\":\"");
      text.append(WORDS[random.nextInt(WORDS.length)]).append("\",\"on\":true},");
    }
    return text;
  }

  /** As much of the text as fits, and blanks behind it. */
  private static Corpus text(CharSequence text, int size) {
    byte[] utf8 = text.toString().getBytes(UTF_8);
    byte[] message = new byte[size];
    int end = Math.min(size, utf8.length);
    while (end < utf8.length && (utf8[end] & 0xc0) == 0x80) {
      end--; // not within a character
    }
    System.arraycopy(utf8, 0, message, 0, end);
    Arrays.fill(message, end, size, (byte) ' ');
    return new Corpus(1, message);
  }

  private static byte[] noise(SplittableRandom random, int size, int different) {
    byte[] message = new byte[size];
    for (int i = 0; i < size; i++) {
      message[i] = (byte) random.nextInt(different);
    }
    return message;
  }
}
