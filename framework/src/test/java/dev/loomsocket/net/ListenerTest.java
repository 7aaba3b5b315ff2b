package dev.loomsocket.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenerTest {
  private Loopback loopback;

  @BeforeEach
  void bind() throws IOException {
    loopback = new Loopback();
  }

  @AfterEach
  void close() throws IOException {
    loopback.close();
  }

  @Test
  void takesAFreePortIfNoneIsAskedFor() {
    assertNotEquals(0, loopback.listener().address().getPort());
  }

  @Test
  void aPortInUseIsABindException() {
    assertThrows(BindException.class, () -> Listener.bind(loopback.listener().address(), 50));
  }

  @Test
  void acceptsConnectionsInTheirOrder() throws IOException {
    try (Socket one = loopback.dial();
        Socket two = loopback.dial();
        Transport first = loopback.listener().accept();
        Transport second = loopback.listener().accept()) {
      assertEquals(one.getLocalSocketAddress(), first.remoteAddress());
      assertEquals(two.getLocalSocketAddress(), second.remoteAddress());
    }
  }

  @Test
  void refusingEndsTheWaitForConnections() throws IOException {
    Doing accepting =
        Doing.start(
            () -> assertThrows(ClosedChannelException.class, () -> loopback.listener().accept()));
    loopback.listener().refuse();
    accepting.await();
    assertThrows(ConnectException.class, loopback::dial);
  }

  @Test
  void refusingLeavesThePresentConnections() throws Exception {
    try (Loopback.Pair pair = loopback.connect()) {
      loopback.listener().refuse();
      Doing waiting =
          Doing.start(() -> assertTrue(pair.transport().awaitReadable(Transport.FOREVER)));
      waiting.awaitParked();
      pair.send(1);
      waiting.await();
    }
  }

  @Test
  void aConnectionStartedAfterTheEndIsAtItsEnd() throws Exception {
    try (Socket peer = loopback.dial()) {
      Transport transport = loopback.listener().accept();
      loopback.listener().close();
      Doing.start(
              () -> {
                transport.start(() -> {}, () -> {});
                assertEquals(-1, peer.getInputStream().read());
                assertTrue(transport.awaitReadable(Transport.FOREVER));
                assertThrows(
                    ClosedChannelException.class, () -> transport.read(ByteBuffer.allocate(1)));
              })
          .await();
    }
  }
}
