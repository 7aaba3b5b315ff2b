package dev.loomsocket.session;

import dev.loomsocket.binding.Endpoint;
import dev.loomsocket.binding.EndpointInstance;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.net.Transport;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.WebSocketEndpoint;
import dev.loomsocket.wire.CloseCode;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One endpoint, ready to serve connections: its instances, its limits and what its sessions share. Thread-safe. */
public final class WebSocketService {
  private static final Logger LOG = System.getLogger("dev.loomsocket.session");

  private final Endpoint endpoint;
  private final SessionSettings settings;
  private final LiveSessions sessions;
  private final Rooms rooms;
  private final BufferPool pool;

  /** The service of an endpoint; its annotation's sizes and times win over the defaults. */
  public WebSocketService(
      Endpoint endpoint,
      SessionSettings defaults,
      LiveSessions sessions,
      Rooms rooms,
      BufferPool pool) {
    WebSocketEndpoint options = endpoint.options();
    this.endpoint = endpoint;
    this.settings =
        defaults.with(
            options.maxMessageSize(), options.maxQueueSize(), options.idleTimeoutSeconds());
    this.sessions = sessions;
    this.rooms = rooms;
    this.pool = pool;
  }

  /** The subprotocols that the endpoint speaks. */
  public List<String> subprotocols() {
    return List.of(endpoint.options().subprotocols());
  }

  /** The foreign origins that may connect. */
  public Set<String> allowedOrigins() {
    return Set.of(endpoint.options().allowedOrigins());
  }

  /**
   * Makes the endpoint's instance and asks its {@code @OnHandshake} method.
   *
   * @throws Throwable what refuses the handshake: a status of the endpoint's choice, or a failure
   */
  public Opening open(OpeningRequest request) throws Throwable {
    EndpointInstance instance = endpoint.open(request.pathParams(), request.queryParams());
    instance.handshake(request);
    return new Opening(instance, request);
  }

  /** A connection whose handshake the endpoint has accepted. */
  public final class Opening {
    private final EndpointInstance instance;
    private final OpeningRequest request;

    private Opening(EndpointInstance instance, OpeningRequest request) {
      this.instance = instance;
      this.request = request;
    }

    /** Serves the connection, whose 101 has been sent, from {@code @OnOpen} to {@code @OnClose}; blocks until its end. */
    public void run(Transport transport, ReadBuffer in, Optional<String> subprotocol) {
      Outbox outbox = new Outbox(transport, pool, settings, Thread.currentThread());
      LiveSession session =
          new LiveSession(
              sessions.nextId(), request, instance.user(), subprotocol, outbox, rooms);
      Conversation conversation = new Conversation(instance, session);
      sessions.add(session);
      try {
        conversation.open();
        new FrameLoop(transport, in, outbox, conversation, settings).run();
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, () -> session + " failed for a reason that is ours", e);
        outbox.fail(CloseCode.INTERNAL_ERROR, "");
      } finally {
        end(transport, session, conversation);
      }
    }

    private void end(Transport transport, LiveSession session, Conversation conversation) {
      Outbox outbox = session.outbox();
      session.leaveRooms();
      sessions.remove(session);
      try {
        outbox.awaitDrained(settings.closeTimeout().toNanos());
        transport.shutdownOutput(); // the peer sees the end even if @OnClose takes its time
      } catch (IOException e) {
        // it is gone already
      }
      CloseStatus status = outbox.status();
      LOG.log(Level.DEBUG, () -> session + " ended: " + status);
      conversation.close(status);
    }
  }
}
