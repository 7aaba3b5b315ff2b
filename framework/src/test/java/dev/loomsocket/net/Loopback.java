package dev.loomsocket.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** A listener on a free port of the loopback interface, and both ends of its connections. */
public final class Loopback implements AutoCloseable {
  private final Listener listener;

  /** Binds the port and starts the pollers. */
  public Loopback() throws IOException {
    listener = Listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
  }

  /** Where the connections come from. */
  public Listener listener() {
    return listener;
  }

  /** A client that knows nothing of the product. */
  public Socket dial() throws IOException {
    Socket peer = new Socket(listener.address().getAddress(), listener.address().getPort());
    peer.setTcpNoDelay(true);
    return peer;
  }

  /** A connection whose transport has been started; any one thread may wait and read. */
  public Pair connect() throws IOException, InterruptedException {
    Socket peer = dial();
    Transport transport = listener.accept();
    CountDownLatch started = new CountDownLatch(1);
    transport.start(started::countDown, () -> {});
    started.await();
    return new Pair(peer, transport);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** Both ends of one connection. */
  public record Pair(Socket peer, Transport transport) implements AutoCloseable {
    /** The peer sends so many bytes: 0, 1, 2 … */
    public void send(int bytes) throws IOException {
      byte[] sent = new byte[bytes];
      for (int i = 0; i < bytes; i++) {
        sent[i] = (byte) i;
      }
      peer.getOutputStream().write(sent);
    }

    @Override
    public void close() throws IOException {
      transport.close();
      peer.close();
    }
  }
}
