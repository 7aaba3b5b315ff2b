package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.net.MemoryTransport;
import java.util.List;

/** The other end of a connection, which sends and reads frames. */
final class Peer {
  private final MemoryTransport transport = new MemoryTransport();

  MemoryTransport transport() {
    return transport;
  }

  /** Sends all of this at once. */
  void send(byte[]... pieces) {
    transport.send(Frames.join(pieces));
  }

  /** The frames that have come so far, in words: {@code text hello}, {@code close 1000}. */
  List<String> frames() {
    return inWords(transport.received());
  }

  /** Waits until as many frames have come, which must be these. */
  void awaitFrames(String... expected) {
    transport.awaitReceived(bytes -> Frames.read(bytes).size() >= expected.length);
    assertEquals(List.of(expected), frames());
  }

  private static List<String> inWords(byte[] bytes) {
    return Frames.read(bytes).stream().map(Frames.Frame::toString).toList();
  }
}
