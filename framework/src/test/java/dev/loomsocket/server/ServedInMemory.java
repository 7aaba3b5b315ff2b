package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.MemoryTransport;
import dev.loomsocket.session.Facilities;
import dev.loomsocket.session.LiveSessions;
import dev.loomsocket.session.Rooms;
import dev.loomsocket.wire.MemoryBudget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** One connection of a server: its other end and its clock are in a test's hands. */
final class ServedInMemory implements AutoCloseable {
  final MemoryTransport peer = new MemoryTransport();
  final Server server;
  final Connection connection;

  /** A server whose handler answers GET and POST of every path. */
  ServedInMemory(HttpHandler handler) throws IOException {
    Site.Builder site = new Site.Builder(value -> value.toString().getBytes(ISO_8859_1));
    site.pages().route("GET", "/{path*}", handler);
    site.pages().route("POST", "/{path*}", handler);
    server =
        Server.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            ServerSettings.DEFAULT,
            site.build(),
            new Facilities(
                new LiveSessions(), new Rooms(), new BufferPool(8), (session, payload) -> payload));
    connection = new Connection(server, peer);
  }

  /** The memory for bodies on their way in. */
  MemoryBudget incoming() {
    return server.incoming();
  }

  /** The memory for what the peer does not take. */
  MemoryBudget outgoing() {
    return server.outgoing();
  }

  /** Serves the connection. */
  ServedInMemory run() {
    peer.start(connection, () -> {});
    return this;
  }

  /** The peer sends characters, and they are read. */
  ServedInMemory send(String text) {
    peer.send(text.getBytes(ISO_8859_1));
    peer.awaitIdle();
    return this;
  }

  /** So much time passes, and the connection has noticed. */
  ServedInMemory after(Duration time) {
    peer.advance(time);
    peer.awaitIdle();
    return this;
  }

  /** What the peer has received. */
  String received() {
    return new String(peer.received(), ISO_8859_1);
  }

  /** What the peer has received when this side has sent its last byte. */
  String allReceived() {
    peer.awaitOutputShut();
    return received();
  }

  @Override
  public void close() {
    peer.close();
    server.close();
  }
}
