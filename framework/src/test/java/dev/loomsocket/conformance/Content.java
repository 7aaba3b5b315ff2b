package dev.loomsocket.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Bytes in the table's notation: what stands between a frame's parentheses.
 *
 * <pre>
 * 48 65          bytes in hexadecimal
 * "Hello"        text as UTF-8
 * 1000           more than two digits: 16 bits in decimal, as in a Close frame
 * noise          one byte that is hard to compress; as it repeats it never looks the same
 * deflated(...)  text and hexadecimal compressed as one message, without the four bytes at the end
 * (...)          several of these
 * ...*1000       the last of these so many times; units KiB and MiB
 * !              with what stands before it, it is proved that the connection must fail
 * </pre>
 */
final class Content {
  private static final byte[] TAIL = {0, 0, -1, -1};

  private final Cursor in;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int failsAt = -1;

  private Content(Cursor in) {
    this.in = in;
  }

  /**
   * The bytes up to the closing parenthesis.
   *
   * @param failsAt how many of them stand before the mark; −1 without one
   */
  record Parsed(byte[] bytes, int failsAt) {}

  /** Reads up to and including the closing parenthesis. */
  static Parsed parse(Cursor in) {
    Content content = new Content(in);
    content.read();
    return new Parsed(content.out.toByteArray(), content.failsAt);
  }

  private void read() {
    while (!in.take(')')) {
      if (in.take('!')) {
        failsAt = out.size();
      } else {
        part();
      }
    }
  }

  private void part() {
    if (in.take('"')) {
      repeat(in.upTo('"').getBytes(UTF_8));
    } else if (in.take('(')) {
      repeat(parse(in).bytes());
    } else {
      word(in.word());
    }
  }

  private void word(String word) {
    if (word.equals("noise")) {
      byte[] noise = new byte[in.times()];
      new SplittableRandom(noise.length).nextBytes(noise);
      out.writeBytes(noise);
    } else if (word.equals("deflated")) {
      in.expect('(');
      repeat(deflated());
    } else if (word.length() > 2) {
      int number = Integer.parseInt(word);
      repeat(new byte[] {(byte) (number >> 8), (byte) number});
    } else {
      repeat(HexFormat.of().parseHex(word));
    }
  }

  private void repeat(byte[] bytes) {
    out.writeBytes(times(bytes, in.times()));
  }

  private static byte[] times(byte[] bytes, int times) {
    byte[] all = new byte[Math.multiplyExact(bytes.length, times)];
    System.arraycopy(bytes, 0, all, 0, Math.min(bytes.length, all.length));
    for (int done = bytes.length; done < all.length; done *= 2) {
      System.arraycopy(all, 0, all, done, Math.min(done, all.length - done));
    }
    return all;
  }

  /** Compresses without ever holding what is compressed: bombs are large. */
  private byte[] deflated() {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream sink = new DeflaterOutputStream(compressed, deflater, 4096, true)) {
      while (!in.take(')')) {
        byte[] unit =
            in.take('"') ? in.upTo('"').getBytes(UTF_8) : HexFormat.of().parseHex(in.word());
        int times = in.times();
        int atOnce = Math.min(times, 4096 / unit.length);
        byte[] units = times(unit, atOnce);
        for (int i = times / atOnce; i > 0; i--) {
          sink.write(units);
        }
        sink.write(times(unit, times % atOnce));
      }
      sink.flush();
      byte[] whole = compressed.toByteArray();
      int end = whole.length - TAIL.length;
      return end < 0 ? new byte[] {0} : Arrays.copyOf(whole, end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
  }
}
