package dev.loomsocket.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stretch of network that breaks: each of its first connections is reset when the server has sent
 * so many bytes through it, wherever in a frame or in the opening handshake that is; later ones
 * last.
 */
final class CuttingProxy implements AutoCloseable {
  private static final int PATIENCE = 20; // seconds

  private final ServerSocket listener;
  private final int server;
  private final BlockingQueue<Integer> planned; // bytes that the next connections carry
  private final BlockingQueue<Integer> done = new LinkedBlockingQueue<>();

  CuttingProxy(int server, List<Integer> cuts) throws IOException {
    this.server = server;
    this.planned = new LinkedBlockingQueue<>(cuts);
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Returns when one more connection has been cut. */
  void awaitCut() throws InterruptedException {
    if (done.poll(PATIENCE, TimeUnit.SECONDS) == null) {
      throw new AssertionError("no connection was cut, and " + planned.size() + " are still to be");
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> connect(client));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void connect(Socket client) {
    try (client;
        Socket toServer = new Socket(InetAddress.getLoopbackAddress(), server)) {
      client.setTcpNoDelay(true);
      toServer.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> forward(client, toServer, Integer.MAX_VALUE));
      Integer bytes = planned.poll();
      if (forward(toServer, client, bytes == null ? Integer.MAX_VALUE : bytes)) {
        client.setSoLinger(true, 0); // their ends are resets
        toServer.setSoLinger(true, 0);
        done.add(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** True when so many bytes have been forwarded; false at the end of either connection. */
  private static boolean forward(Socket from, Socket to, int most) {
    byte[] buffer = new byte[4096];
    int left = most;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      while (left > 0) {
        int count = in.read(buffer, 0, Math.min(left, buffer.length));
        if (count < 0) {
          to.shutdownOutput();
          return false;
        }
        out.write(buffer, 0, count);
        left -= most == Integer.MAX_VALUE ? 0 : count;
      }
      return true;
    } catch (IOException e) {
      return false; // one of them is gone, and the other one follows
    }
  }
}
