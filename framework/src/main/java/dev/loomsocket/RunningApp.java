package dev.loomsocket;

import dev.loomsocket.server.Server;
import dev.loomsocket.session.Rooms;
import dev.loomsocket.websocket.Room;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A started application. Thread-safe. */
public final class RunningApp implements AutoCloseable {
  private final Server server;
  private final Rooms rooms;
  private final List<String> banner;

  RunningApp(Server server, Rooms rooms, List<String> serves) {
    this.server = server;
    this.rooms = rooms;
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

  /** The room of that name; the same as {@link App#room}. */
  public Room room(String name) {
    return rooms.lasting(name);
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
  }
}
