package dev.loomsocket.session;

import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.TrafficRedactor;
import dev.loomsocket.wire.ClosePayload;
import dev.loomsocket.wire.Opcode;
import dev.loomsocket.wire.ProtocolException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a line for each frame of a session, decoded: <code>received text fin rsv1=deflate 24→41 B
 * "…"</code>. Thread-safe.
 *
 * <p>Frames are noted where they pass, under locks and in the poller; the lines are made and
 * written, in that order, by virtual threads that hold none, one after the other, as the redactor
 * is a user's. Frames that come much faster than they can be written are counted only.
 */
final class TrafficLog {
  private static final Logger LOG = System.getLogger("dev.loomsocket.traffic");
  private static final int TEXT_SHOWN = 80; // characters
  private static final int BYTES_SHOWN = 32;

  /** Bytes kept of a payload: of UTF-8, for as many characters as are shown at least. */
  private static final int KEPT = 4 * TEXT_SHOWN;

  private static final int MOST_NOTED = 1_000; // lines; with their bytes half a megabyte

  private final Session session;
  private final TrafficRedactor redactor;
  private final Queue<Runnable> noted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count =
      new AtomicInteger(); // of what is noted; one thread at a time writes
  private final AtomicLong left = new AtomicLong(); // frames left out and not told of yet

  /**
   * The log of a session.
   *
   * @param redactor what is shown of a payload
   */
  TrafficLog(Session session, TrafficRedactor redactor) {
    this.session = session;
    this.redactor = redactor;
  }

  /** A frame as it goes over the wire, without its payload. */
  record Frame(boolean fin, boolean rsv1, int opcode, long length) {}

  /**
   * A frame came.
   *
   * @param decoded the bytes of its payload, inflated
   * @param beginning of these bytes
   */
  void received(Frame frame, long decoded, byte[] beginning) {
    note("received", frame, frame.length, decoded, beginning);
  }

  /**
   * A frame is queued.
   *
   * @param payload before it was compressed
   */
  void sent(Frame frame, byte[] payload) {
    note("sent", frame, payload.length, frame.length, payload);
  }

  private void note(String direction, Frame frame, long from, long to, byte[] payload) {
    if (count.get() < MOST_NOTED) {
      boolean whole = payload.length <= KEPT;
      byte[] kept = whole ? payload : Arrays.copyOf(payload, KEPT);
      note(() -> log(direction, frame, from, to, show(frame.opcode, kept, whole)));
    } else if (left.getAndIncrement() == 0) {
      note(this::logLeft);
    }
  }

  private void note(Runnable line) {
    noted.add(line);
    if (count.getAndIncrement() == 0) {
      Thread.startVirtualThread(this::write);
    }
  }

  /** Each line has a thread of its own: one that fails keeps no other from being written. */
  private void write() {
    try {
      Runnable line = noted.poll();
      if (line != null) {
        line.run();
      }
    } finally {
      if (count.decrementAndGet() > 0) {
        Thread.startVirtualThread(this::write);
      }
    }
  }

  private void logLeft() {
    String line = session.id() + " (" + left.getAndSet(0) + " frames came too fast to be shown)";
    LOG.log(Level.INFO, line);
  }

  private void log(String direction, Frame frame, long from, long to, String payload) {
    StringBuilder line = new StringBuilder(128).append(session.id()).append(' ').append(direction);
    line.append(' ').append(name(frame.opcode)).append(frame.fin ? " fin" : "");
    line.append(frame.rsv1 ? " rsv1=deflate " : " ").append(from);
    if (from != to) {
      line.append('→').append(to);
    }
    line.append(" B ").append(redacted(payload));
    LOG.log(Level.INFO, line::toString);
  }

  private String redacted(String payload) {
    try {
      return redactor.redact(session, payload);
    } catch (Throwable e) { // the stack of a regular expression may overflow
      return "(the redactor failed: " + e + ")";
    }
  }

  private static String name(int opcode) {
    return switch (opcode) {
      case Opcode.CONTINUATION -> "continuation";
      case Opcode.TEXT -> "text";
      case Opcode.BINARY -> "binary";
      case Opcode.CLOSE -> "close";
      case Opcode.PING -> "ping";
      default -> "pong";
    };
  }

  private static String show(int opcode, byte[] payload, boolean whole) {
    return switch (opcode) {
      case Opcode.TEXT -> text(payload, whole);
      case Opcode.CLOSE -> close(payload);
      default -> bytes(payload);
    };
  }

  private static String text(byte[] payload, boolean whole) {
    String text = new String(payload, StandardCharsets.UTF_8);
    StringBuilder quoted = new StringBuilder(TEXT_SHOWN + 8).append('"');
    int end = Math.min(text.length(), TEXT_SHOWN);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) { // a line in the log stays a line
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append(end < text.length() || !whole ? "…\"" : "\"").toString();
  }

  private static String bytes(byte[] payload) {
    int shown = Math.min(payload.length, BYTES_SHOWN);
    String hex = HexFormat.ofDelimiter(" ").formatHex(payload, 0, shown);
    return shown < payload.length ? hex + " …" : hex;
  }

  private static String close(byte[] payload) {
    try {
      ClosePayload close = ClosePayload.decode(payload, 0, payload.length);
      return close.code() + " " + text(close.reason().getBytes(StandardCharsets.UTF_8), true);
    } catch (ProtocolException e) {
      return bytes(payload);
    }
  }
}
