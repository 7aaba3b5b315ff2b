package dev.loomsocket.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One of the messages that every peer sends. */
record Message(boolean isText, byte[] bytes) {
  private static final int COUNT = 1_000;
  private static final int LARGEST = 1 << 20; // what an endpoint takes where nothing is said

  /** Where something changes: the form of a length, whether it is compressed, what is allowed. */
  private static final int[] EDGES = {
    0, 1, 125, 126, 127, 1023, 1024, 1025, 65_535, 65_536, LARGEST - 1, LARGEST
  };

  private static final String[] WORDS = {
    "the ", "quick ", "brown ", "fox ", "Grüße ", "{\"room\":17}", "κόσμε ", "€ ", "🧵", "\n", "\0"
  };

  /** A thousand messages, always the same: mostly small ones, some that are large. */
  static List<Message> seeded() {
    Random random = new Random(7692);
    List<Message> messages = new ArrayList<>();
    for (int size : EDGES) {
      messages.add(new Message(true, words(random, size)));
      messages.add(new Message(false, size % 2 == 0 ? repeats(random, size) : noise(random, size)));
    }
    while (messages.size() < COUNT) {
      int size = size(random);
      messages.add(
          switch (random.nextInt(4)) {
            case 0 -> new Message(true, words(random, size));
            case 1 -> new Message(true, characters(random, size));
            case 2 -> new Message(false, repeats(random, size));
            default -> new Message(false, noise(random, size));
          });
    }
    return messages;
  }

  private static int size(Random random) {
    int mille = random.nextInt(1000);
    return random.nextInt(
        mille < 700 ? 300 : mille < 950 ? 8 << 10 : mille < 996 ? 64 << 10 : LARGEST);
  }

  private static byte[] noise(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A piece again and again, with a mistake now and then. */
  private static byte[] repeats(Random random, int size) {
    byte[] bytes = noise(random, size);
    int distance = 1 + random.nextInt(1 << random.nextInt(15));
    for (int at = distance; at < size; at++) {
      bytes[at] = random.nextInt(100) == 0 ? bytes[at] : bytes[at - distance];
    }
    return bytes;
  }

  /** Exactly so many bytes of UTF-8. */
  private static byte[] words(Random random, int size) {
    StringBuilder text = new StringBuilder();
    for (int left = size; left > 0; ) {
      String word = WORDS[random.nextInt(WORDS.length)];
      int length = word.getBytes(UTF_8).length;
      text.append(length <= left ? word : "x".repeat(left));
      left -= Math.min(length, left);
    }
    return text.toString().getBytes(UTF_8);
  }

  /** Characters of all planes of Unicode, assigned or not; at most so many bytes. */
  private static byte[] characters(Random random, int size) {
    StringBuilder text = new StringBuilder();
    for (int left = size - 4; left >= 0; left -= 4) {
      int plane = random.nextInt(17);
      int character = plane << 16 | random.nextInt(0x10000);
      boolean surrogate =
          character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
      text.appendCodePoint(surrogate ? '\ufeff' : character);
    }
    return text.toString().getBytes(UTF_8);
  }

  String text() {
    return new String(bytes, UTF_8);
  }

  boolean isSameAs(Message other) {
    return isText == other.isText && Arrays.equals(bytes, other.bytes);
  }

  /**
   * The messages for a program in another language: of each a byte that is 1 for text and 2 for
   * binary, its size in four bytes, and its bytes.
   */
  static byte[] file(List<Message> messages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Message message : messages) {
        out.writeByte(message.isText ? 1 : 2);
        out.writeInt(message.bytes.length);
        out.write(message.bytes);
      }
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public String toString() {
    return (isText ? "text" : "binary") + " of " + bytes.length + " bytes";
  }
}
