package dev.loomsocket;

import dev.loomsocket.server.Server;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A started application. Thread-safe. */
public final class RunningApp implements AutoCloseable {
  private final Server server;
  private final Runnable afterwards;
  private final List<String> banner;

  RunningApp(Server server, Runnable afterwards, List<String> serves) {
    this.server = server;
    this.afterwards = afterwards;
    this.banner = new ArrayList<>(serves);
    banner.add("Loomsocket is listening on " + uri());
  }

  /** How many connections are open, those included that are just ending. */
  int connections() {
    return server.connections();
  }

  /** What it serves, a line for each, and last where it listens. */
  List<String> banner() {
    return banner;
  }

  /** The port on which it listens: the one that was free if it was started with port 0. */
  public int port() {
    return server.address().getPort();
  }

  /** Where a browser on this machine finds it, for example {@code http://127.0.0.1:8080/}. */
  public URI uri() {
    InetSocketAddress address = server.address();
    String host = address.getAddress().isAnyLocalAddress() ? "localhost" : address.getHostString();
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + literal + ":" + address.getPort() + "/");
  }

  /** Blocks until the application has stopped. */
  public void await() throws InterruptedException {
    server.await();
  }

  /**
   * Stops: new connections are refused, every WebSocket is closed with 1001, requests that are
   * being answered get their answer; what is left when nine tenths of the setting {@code
   * stop-timeout} have passed (9 s by default) is cut off, and its threads are interrupted. Blocks
   * until then, for the whole of it at most. Stopping a stopped one does nothing; a second call
   * meanwhile waits for the first.
   */
  @Override
  public void close() {
    server.close();
    afterwards.run();
  }
}
