package dev.loomsocket.conformance;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A client's half of permessage-deflate (RFC 7692 §7.2), as short as can be and without any of the
 * server's code: zlib and the four bytes at a message's end.
 */
final class PeerDeflate implements AutoCloseable {
  private static final byte[] TAIL = {0, 0, -1, -1};

  private final boolean keepsOwnContext;
  private final boolean keepsServerContext;
  private final int window; // in bytes
  private @Nullable Deflater deflater; // made when it is needed, as most clients do not
  private @Nullable Inflater inflater;
  private int sinceFullFlush;

  /** One that abides by what the server has answered to the offer. */
  PeerDeflate(String answer) {
    keepsOwnContext = !answer.contains("client_no_context_takeover");
    keepsServerContext = !answer.contains("server_no_context_takeover");
    window = 1 << windowBits(answer, "client");
  }

  /** The window that an answer leaves to the client or the server: 8 to 15. */
  static int windowBits(String answer, String side) {
    String name = side + "_max_window_bits=";
    int at = answer.indexOf(name);
    return at < 0
        ? 15
        : Integer.parseInt(answer.substring(at + name.length()).split(";")[0].strip());
  }

  byte[] deflate(byte[] message) {
    if (deflater == null) {
      deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    }
    Deflater deflater = this.deflater;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 * 1024];
    int at = 0;
    do {
      int length = Math.min(window - sinceFullFlush, message.length - at);
      deflater.setInput(message, at, length);
      at += length;
      sinceFullFlush += length;
      boolean full = sinceFullFlush == window; // nothing refers back behind it
      sinceFullFlush = full ? 0 : sinceFullFlush;
      int flush = full ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH;
      int n;
      do {
        n = deflater.deflate(buffer, 0, buffer.length, flush);
        out.write(buffer, 0, n);
      } while (n == buffer.length);
    } while (at < message.length);
    if (!keepsOwnContext) {
      deflater.reset();
      sinceFullFlush = 0;
    }
    byte[] compressed = out.toByteArray();
    boolean isEmpty = message.length == 0; // zlib has nothing to flush then
    return isEmpty ? new byte[] {0} : Arrays.copyOf(compressed, compressed.length - 4);
  }

  /** What a message's payload stands for. */
  byte[] inflate(byte[] payload) {
    if (inflater == null) {
      inflater = new Inflater(true);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    inflate(inflater, payload, out);
    inflate(inflater, TAIL, out);
    if (!keepsServerContext) {
      inflater.reset();
    }
    return out.toByteArray();
  }

  private static void inflate(Inflater inflater, byte[] bytes, ByteArrayOutputStream out) {
    byte[] buffer = new byte[16 * 1024];
    inflater.setInput(bytes);
    try {
      int n;
      while ((n = inflater.inflate(buffer)) > 0) {
        out.write(buffer, 0, n);
      }
    } catch (DataFormatException e) {
      throw new AssertionError("what the server sent cannot be inflated", e);
    }
    if (inflater.getRemaining() > 0) {
      throw new AssertionError("there are bytes behind what the server sent");
    }
  }

  @Override
  public void close() {
    if (deflater != null) {
      deflater.end();
    }
    if (inflater != null) {
      inflater.end();
    }
  }
}
