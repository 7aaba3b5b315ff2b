package dev.loomsocket.session;

import dev.loomsocket.binding.Endpoint;
import dev.loomsocket.binding.EndpointInstance;
import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.net.Transport;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.DeflateOptions;
import dev.loomsocket.wire.DeflateParameters;
import dev.loomsocket.wire.Inflation;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One endpoint, ready to serve connections: its instances, its limits and what its sessions share.
 * Thread-safe.
 */
public final class WebSocketService {
  private static final Logger LOG = System.getLogger("dev.loomsocket.session");

  private final Endpoint endpoint;
  private final SessionSettings settings;
  private final Facilities shared;

  /** The service of an endpoint; its annotation's sizes and times win over the defaults. */
  public WebSocketService(Endpoint endpoint, SessionSettings defaults, Facilities shared) {
    this.endpoint = endpoint;
    this.settings = defaults.with(endpoint.options());
    this.shared = shared;
  }

  /** The subprotocols that the endpoint speaks. */
  public List<String> subprotocols() {
    return List.of(endpoint.options().subprotocols());
  }

  /** The foreign origins that may connect. */
  public Set<String> allowedOrigins() {
    return Set.of(endpoint.options().allowedOrigins());
  }

  /** What may be agreed on for permessage-deflate. */
  public DeflateOptions compression() {
    return settings.compression();
  }

  /** The endpoint's class, for the log. */
  public String name() {
    return endpoint.type().getName();
  }

  /** Makes the endpoint's instance. What its constructor throws comes out as it is. */
  public Opening open(OpeningRequest request) {
    OpeningTarget target = request.target();
    return new Opening(endpoint.open(target.pathParams(), request.queryParams()), target);
  }

  /** A connection in the making, with the endpoint's instance for it. */
  public final class Opening {
    private final EndpointInstance instance;
    private final OpeningTarget target;

    private Opening(EndpointInstance instance, OpeningTarget target) {
      this.instance = instance;
      this.target = target;
    }

    /**
     * Asks the endpoint's {@code @OnHandshake} method.
     *
     * @throws Throwable what refuses the handshake: a status of the endpoint's choice, or a failure
     */
    public void handshake(OpeningRequest request) throws Throwable {
      instance.handshake(request);
    }

    /**
     * Serves the connection, whose handshake was accepted and whose 101 has been sent, from
     * {@code @OnOpen} to {@code @OnClose}; blocks until its end.
     *
     * @param deflate what was agreed on for permessage-deflate, if anything
     */
    public void run(
        Transport transport,
        ReadBuffer in,
        Optional<String> subprotocol,
        Optional<DeflateParameters> deflate) {
      Inflation inflation =
          deflate.map(agreed -> new Inflation(shared.deflate(), agreed)).orElse(null);
      Compressor compressor =
          deflate
              .map(agreed -> new Compressor(shared.deflate(), settings.compression(), agreed))
              .orElse(null);
      Outbox outbox =
          new Outbox(transport, shared.buffers(), settings, compressor, Thread.currentThread());
      LiveSession session =
          new LiveSession(
              shared.sessions().nextId(), target, instance.user(), subprotocol, outbox, shared);
      Conversation conversation = new Conversation(instance, session);
      Receiver.Streaming streaming =
          new Receiver.Streaming(instance.streamsText(), instance.streamsBinary());
      Receiver receiver = new Receiver(in, outbox, streaming, settings, inflation);
      session.logTraffic(endpoint.options().logTraffic());
      shared.sessions().add(session);
      try {
        new FrameLoop(transport, in, outbox, conversation, receiver, settings).run();
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, () -> session + " failed for a reason that is ours", e);
        outbox.fail(CloseCode.INTERNAL_ERROR, "");
      } finally {
        if (inflation != null) {
          inflation.close();
        }
        end(session, conversation);
      }
    }

    private void end(LiveSession session, Conversation conversation) {
      session.leaveRooms();
      shared.sessions().remove(session);
      session.outbox().finish(); // the peer sees the end even if @OnClose takes its time
      CloseStatus status = session.outbox().ending().status();
      LOG.log(Level.DEBUG, () -> session + " ended: " + status);
      conversation.close(status);
    }
  }
}
