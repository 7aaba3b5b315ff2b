package dev.loomsocket.session;

import dev.loomsocket.wire.ProtocolException;
import java.io.IOException;

/**
 * What a relief thread does: reads a connection, in its own thread's place, until the handler that
 * keeps that one busy has ended, or the connection.
 *
 * @param loop waits for input as the connection's thread does
 * @param ahead takes what is read
 */
record ReliefReader(FrameLoop loop, Receiver receiver, Outbox outbox, ReadAhead ahead)
    implements Runnable {

  @Override
  public void run() {
    try {
      read();
    } catch (ProtocolException | IOException e) {
      outbox.closing().broken(e);
    } catch (RuntimeException | Error e) {
      outbox.closing().broken(e);
      throw e; // to be seen; the connection's thread finds its session ended
    } finally {
      end();
    }
  }

  private void read() throws IOException {
    boolean reads = true;
    loop.handlerIsBusy();
    while (reads && !outbox.ending().isClosed() && !ahead.isStopping()) {
      switch (receiver.step(ahead)) {
        case DONE, MESSAGE -> {}
        case NEEDS_INPUT -> loop.fill();
        case STREAMS_TEXT, STREAMS_BINARY -> reads = false; // only its handler can read it
      }
    }
  }

  private void end() {
    try {
      if (outbox.ending().isClosed()) {
        outbox.closing().finish(); // the peer need not wait for the handler
      }
    } finally {
      ahead.end();
    }
  }
}
