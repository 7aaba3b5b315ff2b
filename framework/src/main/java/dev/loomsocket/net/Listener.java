package dev.loomsocket.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A bound TCP port and the pollers that serve its connections, one for each core. {@link #accept}
 * belongs to one thread; the rest may be called by any.
 */
public final class Listener implements AutoCloseable {
  private final ServerSocketChannel channel;
  private final InetSocketAddress address;
  private final List<Poller> pollers;
  private int next; // owner: the accepting thread

  private Listener(ServerSocketChannel channel, List<Poller> pollers) throws IOException {
    this.channel = channel;
    this.pollers = pollers;
    this.address = (InetSocketAddress) channel.getLocalAddress();
  }

  /**
   * Binds a port; 0 takes a free one.
   *
   * @throws java.net.BindException if the port is in use or may not be bound
   */
  public static Listener bind(InetSocketAddress address, int backlog) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    List<Poller> pollers = new ArrayList<>();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address, backlog);
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        Poller poller = new Poller();
        pollers.add(poller);
        Thread.ofVirtual().name("loomsocket-poller-" + i).start(poller);
      }
      return new Listener(channel, pollers);
    } catch (IOException | RuntimeException | Error e) {
      try {
        close(channel, pollers.iterator());
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /** The address that was really bound. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Waits for the next connection. Its transport does nothing until it is started.
   *
   * @throws java.nio.channels.ClosedChannelException once the listener refuses connections
   * @throws IOException if this one connection failed, or no file descriptor is left
   */
  public Transport accept() throws IOException {
    SocketChannel connection = channel.accept();
    try {
      next = (next + 1) % pollers.size();
      return new SocketTransport(pollers.get(next), connection);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Gives the port back: new connections are refused, present ones go on. */
  public void refuse() throws IOException {
    channel.close();
  }

  /**
   * Gives the port back and stops the pollers: connections that are still there hear nothing any
   * more.
   */
  @Override
  public void close() throws IOException {
    close(channel, pollers.iterator());
  }

  /** Closes the first and the rest, each also when others cannot be closed. */
  private static void close(Closeable first, Iterator<? extends Closeable> rest)
      throws IOException {
    try (first) {
      if (rest.hasNext()) {
        close(rest.next(), rest);
      }
    }
  }
}
