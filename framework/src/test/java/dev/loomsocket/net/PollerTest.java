package dev.loomsocket.net;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The poller's loop is turned by hand here, round by round. */
@Timeout(60)
class PollerTest {
  private final ByteBuffer read = ByteBuffer.allocate(100);
  private Poller poller;
  private final List<SocketChannel> peers = new ArrayList<>();
  private SocketChannel peer; // the latest
  private SocketTransport transport;
  private SelectionKey key;

  @BeforeEach
  void connect() throws IOException {
    poller = new Poller();
    transport = connection();
    transport.start(() -> {}, () -> {});
    poller.round();
    key = poller.register(transport); // it is registered: gives the same key once more
  }

  private SocketTransport connection() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      peer = SocketChannel.open(server.getLocalAddress());
      peers.add(peer);
      return new SocketTransport(poller, server.accept());
    }
  }

  @AfterEach
  void close() throws IOException {
    transport.close();
    for (SocketChannel each : peers) {
      each.close();
    }
    poller.close();
  }

  @Test
  void inputIsWatchedFromTheStart() throws IOException {
    assertEquals(OP_READ, key.interestOps());
    send();
    roundsUntil(() -> transport.awaitReadable(0));
  }

  @Test
  void aConnectionToldTwiceIsNotWatchedUntilItWaits() throws IOException {
    send();
    roundsUntil(() -> key.interestOps() == 0);
    transport.read(read);
    poller.round();
    assertEquals(0, key.interestOps());
    assertFalse(transport.awaitReadable(0));
    poller.round();
    assertEquals(OP_READ, key.interestOps());
    send();
    roundsUntil(() -> transport.awaitReadable(0));
  }

  @Test
  void aConnectionThatReadsWhatItIsToldStaysWatched() throws IOException {
    for (int i = 0; i < 100; i++) {
      send();
      roundsUntil(() -> transport.awaitReadable(0));
      assertEquals(1, transport.read(read.clear()));
      assertEquals(OP_READ, key.interestOps());
    }
  }

  @Test
  void aBufferThatWasFilledIsReadAgainWithoutThePoller() throws IOException {
    send();
    send();
    roundsUntil(() -> transport.awaitReadable(0));
    assertEquals(1, transport.read(ByteBuffer.allocate(1)));
    assertTrue(transport.awaitReadable(0));
  }

  @Test
  void aReaderWhoComesWhileItsInterestIsTakenAwayGetsItBack() throws IOException {
    send();
    roundsUntil(() -> transport.awaitReadable(0));
    HandKey told = new HandKey(() -> transport.read(read));
    transport.ready(told);
    assertEquals(1, read.position());
    assertEquals(OP_READ, told.interestOps());
    assertFalse(transport.awaitReadable(0));
  }

  @Test
  void roomIsWatchedOnlyWhileSomebodyWaitsForIt() throws IOException {
    Doing waiting = Doing.start(() -> assertTrue(transport.awaitWritable(Transport.FOREVER)));
    waiting.awaitParked();
    poller.round();
    roundsUntil(() -> key.interestOps() == OP_READ);
    waiting.await();
  }

  @Test
  void waitingForRoomLeavesTheInputUnwatchedIfItWas() throws IOException {
    send();
    roundsUntil(() -> key.interestOps() == 0);
    Doing waiting = Doing.start(() -> assertTrue(transport.awaitWritable(Transport.FOREVER)));
    waiting.awaitParked();
    poller.round();
    roundsUntil(() -> key.interestOps() == 0);
    waiting.await();
  }

  @Test
  void theEndOfTheStreamDoesNotKeepThePollerBusy() throws IOException {
    peer.shutdownOutput();
    roundsUntil(() -> key.interestOps() == 0);
    assertFalse(poller.round());
  }

  @Test
  void deadlinesPassBySweeping() throws IOException {
    Doing reading = Doing.start(() -> assertFalse(transport.awaitReadable(1)));
    reading.awaitParked();
    roundsUntil(() -> !reading.thread().isAlive());
    reading.await();
  }

  @Test
  void aHookThatFailsLeavesTheOthersTheirs() throws IOException {
    AtomicInteger ran = new AtomicInteger();
    try (SocketTransport another = connection()) {
      another.start(() -> {}, () -> {});
      Logger log = Logger.getLogger("dev.loomsocket.net");
      log.setLevel(Level.OFF);
      for (SocketTransport each : List.of(transport, another)) {
        each.watch(neglected -> {
          ran.incrementAndGet();
          throw new IllegalStateException("on purpose");
        });
      }
      roundsUntil(() -> ran.get() >= 2);
      log.setLevel(null);
    }
  }

  @Test
  void aClosedConnectionIsForgotten() throws IOException {
    transport.close();
    poller.round();
    assertFalse(key.isValid());
    assertEquals(-1, peer.read(read));
  }

  @Test
  void tasksRunInTheirOrder() throws IOException {
    StringBuilder ran = new StringBuilder();
    poller.execute(() -> ran.append("one "));
    poller.execute(() -> ran.append("two"));
    assertTrue(poller.round());
    assertEquals("one two", ran.toString());
  }

  @Test
  void tasksRunAfterTheEndToo() throws Exception {
    CountDownLatch ran = new CountDownLatch(2);
    poller.execute(ran::countDown);
    poller.close();
    poller.execute(ran::countDown);
    ran.await();
  }

  @Test
  void aTaskThatFailsDoesNotEndTheLoop() throws Exception {
    Logger log = Logger.getLogger("dev.loomsocket.net");
    log.setLevel(Level.OFF);
    CountDownLatch ran = new CountDownLatch(1);
    poller.execute(() -> {
      throw new IllegalStateException("on purpose");
    });
    poller.execute(ran::countDown);
    Thread loop = Thread.startVirtualThread(poller);
    ran.await();
    poller.close();
    loop.join();
    log.setLevel(null);
  }

  @Test
  void theLoopEndsWhenItIsClosed() throws Exception {
    Thread loop = Thread.startVirtualThread(poller);
    poller.close();
    loop.join();
  }

  private void send() throws IOException {
    peer.write(ByteBuffer.allocate(1));
  }

  private void roundsUntil(BooleanSupplier condition) throws IOException {
    while (!condition.getAsBoolean()) {
      poller.round();
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  /** A key with input; something happens just when its interest is taken away. */
  private final class HandKey extends SelectionKey {
    private final Step meanwhile;
    private int interest = OP_READ;

    HandKey(Step meanwhile) {
      this.meanwhile = meanwhile;
    }

    @Override
    public SocketChannel channel() {
      return transport.channel();
    }

    @Override
    public Selector selector() {
      return key.selector();
    }

    @Override
    public boolean isValid() {
      return true;
    }

    @Override
    public void cancel() {}

    @Override
    public int interestOps() {
      return interest;
    }

    @Override
    public SelectionKey interestOps(int ops) {
      boolean taken = (interest & ~ops) != 0;
      interest = ops;
      try {
        if (taken) {
          meanwhile.run();
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      return this;
    }

    @Override
    public int readyOps() {
      return OP_READ;
    }
  }
}
