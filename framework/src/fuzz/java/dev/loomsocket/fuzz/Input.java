package dev.loomsocket.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * What a fuzzer made up: its first bytes choose among the ways to run, the rest is what is read.
 *
 * <p>Where it is too short for a choice, that is 0.
 */
public final class Input {
  private final byte[] bytes;
  private int at;

  public Input(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The next byte as a number from 0 up to the bound, which is 256 at most. */
  public int choose(int bound) {
    return at < bytes.length ? (bytes[at++] & 0xff) % bound : 0;
  }

  /** The next byte as one of two. */
  public boolean flip() {
    return choose(2) == 1;
  }

  /** All that was not chosen with. */
  public byte[] rest() {
    return Arrays.copyOfRange(bytes, at, bytes.length);
  }

  /** The rest, a character a byte. */
  public String restAsText() {
    return new String(bytes, at, bytes.length - at, ISO_8859_1);
  }
}
