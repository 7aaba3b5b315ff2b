package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.loomsocket.http.Pace;
import dev.loomsocket.net.WriteBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response on its way to the client while it is written. The head goes out with the
 * first bytes: until then everything can still be taken back.
 */
final class StreamedOutput extends OutputStream implements Pace {
  private static final int GATHERED = 8 * 1024; // bytes
  private static final byte[] END_OF_LINE = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(US_ASCII);

  private final WriteBuffer out;
  private final Framing framing;
  private byte @Nullable [] head; // until it is sent
  private long left; // of a known length
  private byte @Nullable [] gathered; // while there is something
  private int size; // of what is gathered
  private boolean ended;
  private @Nullable IOException loss; // of the client

  /** How the client learns where the body ends (RFC 9112 §6.3). */
  enum Framing {
    LENGTH,
    CHUNKS,
    CLOSE;

    /**
     * How a client of this version learns that.
     *
     * @param length −1 if nobody knows it
     */
    static Framing of(long length, int minorVersion) {
      if (length >= 0) {
        return LENGTH;
      }
      return minorVersion == 0 ? CLOSE : CHUNKS;
    }
  }

  /**
   * A body behind a head.
   *
   * @param length in bytes, if that is the framing
   */
  StreamedOutput(WriteBuffer out, byte[] head, Framing framing, long length) {
    this.out = out;
    this.head = head;
    this.framing = framing;
    this.left = framing == Framing.LENGTH ? length : Long.MAX_VALUE;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, bytes.length);
    check();
    if (length > left) {
      throw new IOException("the body is longer than was announced");
    }
    left -= length;
    if (size + length > GATHERED) {
      passGathered();
    }
    if (length >= GATHERED) {
      pass(bytes, from, length);
    } else if (length > 0) {
      if (gathered == null) {
        gathered = new byte[GATHERED];
      }
      System.arraycopy(bytes, from, gathered, size, length);
      size += length;
    }
  }

  /** Sends what has been written so far, at least the head. */
  @Override
  public void flush() throws IOException {
    check();
    passGathered();
    gathered = null; // a stream that waits holds nothing
    try {
      begin();
      out.flush();
    } catch (IOException e) {
      loss = e;
      throw e;
    }
  }

  @Override
  public void worked(int bytes) {
    out.worked(bytes);
  }

  private void check() throws IOException {
    if (loss != null) {
      throw loss;
    }
    if (ended) {
      throw new IOException("the response has ended");
    }
  }

  private void passGathered() throws IOException {
    if (gathered != null && size > 0) {
      int length = size;
      size = 0;
      pass(gathered, 0, length);
    }
  }

  private void pass(byte[] bytes, int from, int length) throws IOException {
    try {
      begin();
      if (framing == Framing.CHUNKS) { // RFC 9112 §7.1
        out.write((Integer.toHexString(length) + "\r\n").getBytes(US_ASCII));
      }
      out.write(ByteBuffer.wrap(bytes, from, length));
      if (framing == Framing.CHUNKS) {
        out.write(END_OF_LINE);
      }
    } catch (IOException e) {
      loss = e;
      throw e;
    }
  }

  private void begin() throws IOException {
    byte[] first = head;
    if (first != null) {
      head = null;
      out.write(first);
    }
  }

  /**
   * Ends the body orderly.
   *
   * @throws IOException if the client is lost, or the body is shorter than was announced
   */
  void end() throws IOException {
    check();
    if (framing == Framing.LENGTH && left > 0) {
      throw new IOException("the body is " + left + " bytes shorter than was announced");
    }
    passGathered();
    begin();
    if (framing == Framing.CHUNKS) {
      out.write(LAST_CHUNK);
    }
    ended = true;
  }

  /** Nothing more is taken. */
  void giveUp() {
    ended = true;
  }

  /** True once something may have been sent: then it is too late for another answer. */
  boolean hasBegun() {
    return head == null;
  }

  /** True if it is the client that ended it. */
  boolean isLost() {
    return loss != null;
  }
}
