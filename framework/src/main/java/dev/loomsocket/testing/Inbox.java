package dev.loomsocket.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.Opcode;
import dev.loomsocket.wire.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a client has received and nobody has taken yet. A thread of its own reads to the end of the
 * connection, answers Pings and the server's Close; one other thread takes.
 */
final class Inbox {
  private final PeerSocket socket;
  private final Duration patience;
  private final BlockingQueue<Incoming> arrived = new LinkedBlockingQueue<>();
  private final Thread reader;
  private volatile boolean closing; // our Close is out, or about to go
  private volatile Incoming end = new Incoming.End(CloseStatus.of(CloseCode.ABNORMAL));

  // The message under way, the reader's.
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private int opcode = Opcode.CONTINUATION; // of the message; that: there is none

  Inbox(PeerSocket socket, Duration patience) {
    this.socket = socket;
    this.patience = patience;
    socket.patientForEver();
    reader = Thread.ofVirtual().name("test-client").start(this::read);
  }

  /**
   * The next message, or the end, which stays.
   *
   * @throws AssertionError if nothing comes in time
   */
  Incoming next(String expected) {
    try {
      Incoming next = arrived.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new AssertionError(
            "expected " + expected + ", but nothing came within " + patience.toMillis() + " ms");
      }
      if (isEnd(next)) {
        arrived.add(next);
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + expected, e);
    }
  }

  static boolean isEnd(Incoming incoming) {
    return incoming instanceof Incoming.End || incoming instanceof Incoming.Breach;
  }

  /** The end, once it is there. */
  Incoming end() {
    try {
      if (!reader.join(patience)) {
        throw new AssertionError("expected the end of the connection, but it is still open");
      }
      return end;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the end", e);
    }
  }

  /** Sends this Close, and waits for the end. */
  void close(byte[] frame) {
    closing = true;
    try {
      socket.write(frame);
    } catch (IOException ended) {
      // then the end is there, or about to come
    }
    try {
      end();
    } finally {
      socket.reset();
    }
  }

  private void read() {
    end = readAll();
    arrived.add(end);
    socket.close();
  }

  /** Reads to the end, and tells which one it is. */
  private Incoming readAll() {
    try {
      while (true) {
        Frame frame = socket.frame();
        switch (frame.opcode()) {
          case Opcode.PING -> socket.write(Frames.pong(frame.payload()));
          case Opcode.PONG -> {}
          case Opcode.CLOSE -> {
            return closed(frame);
          }
          default -> data(frame);
        }
      }
    } catch (IOException lost) {
      return new Incoming.End(CloseStatus.of(CloseCode.ABNORMAL));
    } catch (AssertionError | ProtocolException breach) {
      return new Incoming.Breach(String.valueOf(breach.getMessage()));
    }
  }

  /** The answer to a Close is a Close (RFC 6455 §5.5.1), except where it is an answer itself. */
  private Incoming closed(Frame close) {
    CloseStatus status = close.closeStatus();
    if (!closing) {
      try {
        socket.write(Frames.frame(Frames.FIN | Opcode.CLOSE, close.payload()));
      } catch (IOException gone) {
        // the server did not wait for it
      }
    }
    return new Incoming.End(status);
  }

  private void data(Frame frame) {
    boolean continues = frame.opcode() == Opcode.CONTINUATION;
    if (continues == (opcode == Opcode.CONTINUATION)) {
      throw new AssertionError("fragments out of order (RFC 6455 §5.4): " + frame);
    }
    if (!continues) {
      opcode = frame.opcode();
    }
    message.writeBytes(frame.payload());
    if (!frame.fin()) {
      return;
    }
    arrived.add(
        opcode == Opcode.TEXT
            ? new Incoming.Text(message.toString(UTF_8))
            : new Incoming.Binary(message.toByteArray()));
    opcode = Opcode.CONTINUATION;
    message.reset();
  }
}
