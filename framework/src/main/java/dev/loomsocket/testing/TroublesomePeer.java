package dev.loomsocket.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.Opcode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * A client that does what networks, old devices and attackers do to a server. Used by one thread.
 * An {@code expect} waits as long as {@link TestApp#patience} says.
 *
 * <pre>{@code
 * TroublesomePeer peer = app.connectTroublesome("/chat/lobby?name=Eve");
 * peer.dribble(Frames.text("hello"));                      // a packet for each byte
 * Frames.everyFragmentation("hello").forEach(peer::send);  // all 16 ways to cut it
 * peer.send(BadFrame.UNMASKED);
 * assertEquals(1002, peer.expectClose().code());
 * }</pre>
 *
 * <p>It reads only when it is told to, and answers no Ping. So one that is told nothing is a reader
 * that stalls: its end takes a few KiB, and then the server has to keep what it sends. And it is
 * half of a connection whose other half is gone without a word: the server has to find out by
 * itself.
 */
public final class TroublesomePeer {
  private final PeerSocket socket;

  TroublesomePeer(PeerSocket socket) {
    this.socket = socket;
  }

  /**
   * Sends bytes as they are, in one packet if they fit into one; {@link Frames} makes some. Blocks
   * while the server takes nothing.
   *
   * @throws UncheckedIOException if the server has ended the connection
   */
  public TroublesomePeer send(byte[]... pieces) {
    try {
      socket.write(pieces);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("the server has ended the connection", e);
    }
  }

  /** Sends a frame that breaks the protocol, as {@link #send(byte[][])} sends bytes. */
  public TroublesomePeer send(BadFrame frame) {
    return send(frame.frames());
  }

  /** Sends every byte in a packet of its own, as {@link #send(byte[][])} sends bytes. */
  public TroublesomePeer dribble(byte[] bytes) {
    for (byte b : bytes) {
      send(new byte[] {b});
    }
    return this;
  }

  /** Says that nothing more comes, and goes on listening. */
  public TroublesomePeer halfClose() {
    try {
      socket.halfClose();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the connection with a reset, as when a process is killed. */
  public void reset() {
    socket.reset();
  }

  /** Ends the TCP connection in order, but without a Close. */
  public void hangUp() {
    socket.close();
  }

  /**
   * The next frame, whatever it is.
   *
   * @throws AssertionError if none comes in time, or the end does
   */
  public Frame expectFrame() {
    try {
      return socket.frame();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("expected a frame, but nothing came", e);
    } catch (EOFException | SocketException e) {
      throw new AssertionError("expected a frame, but the connection ended without a Close", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The next message, which is text; Pings and Pongs before it, and within it, are skipped.
   *
   * @throws AssertionError if something else comes, or nothing in time
   */
  public String expectText() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int expected = Opcode.TEXT;
    while (true) {
      Frame frame = expectFrame();
      if (frame.opcode() == Opcode.PING || frame.opcode() == Opcode.PONG) {
        continue;
      }
      if (frame.opcode() != expected) {
        throw new AssertionError("expected text, but this came: " + frame);
      }
      text.writeBytes(frame.payload());
      if (frame.fin()) {
        return text.toString(UTF_8);
      }
      expected = Opcode.CONTINUATION;
    }
  }

  /**
   * Reads to the end, past everything else, and tells what the server's Close said; 1006 if the
   * connection ended without one.
   *
   * @throws AssertionError if the end does not come in time
   */
  public CloseStatus expectClose() {
    try {
      while (true) {
        Frame frame = socket.frame();
        if (frame.opcode() == Opcode.CLOSE) {
          return frame.closeStatus();
        }
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("expected the end, but the connection is still there", e);
    } catch (EOFException | SocketException e) {
      return CloseStatus.of(CloseCode.ABNORMAL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads to the end, and tells all bytes that came, each as one character: what HTTP says to a
   * peer that {@linkplain TestApp#connectSilent has not opened} a WebSocket.
   *
   * @throws AssertionError if the end does not come in time
   */
  public String expectEnd() {
    try {
      return socket.rest();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("expected the end, but the connection is still there", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
