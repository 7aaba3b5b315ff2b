package dev.loomsocket.wire;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Texts to measure with, in UTF-8 and of any size; the same ones each time. */
public enum Texts {
  /** Chat messages as JSON, no two alike; they compress to a quarter or less. */
  ASCII {
    @Override
    void addLine(StringBuilder text, Random random) {
      text.append("{\"type\":\"line\",\"user\":\"guest-").append(random.nextInt(1_000));
      text.append("\",\"text\":\"");
      for (int n = 4 + random.nextInt(8); n > 0; n--) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      text.append("\"}\n");
    }
  },

  /** Characters of one to four bytes; somewhat more than half of the bytes are ASCII. */
  MIXED {
    @Override
    void addLine(StringBuilder text, Random random) {
      text.append("Grüße aus Łódź und Αθήνα, 東京 ");
      text.append(random.nextInt(1_000)).append(" 🙂; and plain words.\n");
    }
  };

  private static final String[] WORDS = {
    "hello",
    "room",
    "later",
    "maybe",
    "who",
    "was",
    "that",
    "the",
    "a",
    "river",
    "message",
    "I",
    "you",
    "think",
    "about",
    "tomorrow",
    "never",
    "yes",
    "again",
    "window",
    "fast",
    "and",
    "slow"
  };

  abstract void addLine(StringBuilder text, Random random);

  /** Exactly so many bytes, whole characters all of them. */
  byte[] bytes(int size) {
    Random random = new Random(20_260_101);
    StringBuilder text = new StringBuilder();
    while (text.length() < size) {
      addLine(text, random);
    }
    while (utf8(text).length > size) {
      text.setLength(text.offsetByCodePoints(text.length(), -1));
    }
    text.append(".".repeat(size - utf8(text).length));
    return utf8(text);
  }

  private static byte[] utf8(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
