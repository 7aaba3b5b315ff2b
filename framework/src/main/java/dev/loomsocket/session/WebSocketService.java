package dev.loomsocket.session;

import dev.loomsocket.binding.Endpoint;
import dev.loomsocket.binding.EndpointInstance;
import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.net.Transport;
import dev.loomsocket.wire.DeflateOptions;
import dev.loomsocket.wire.DeflateParameters;
import dev.loomsocket.wire.Inflation;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint, ready to serve connections: its instances, its limits and what its sessions share.
 * Thread-safe.
 */
public final class WebSocketService {
  private final Endpoint endpoint;
  private final List<String> subprotocols;
  private final boolean logsTraffic;
  private final SessionSettings settings;
  private final KeepAlive.Times keepAlive;
  private final Receiver.Streaming streaming;
  private final Facilities shared;

  /** Those that keep no context, which sessions with the same parameters share. */
  private final Map<DeflateParameters, Compressor> compressors = new ConcurrentHashMap<>();

  /** The service of an endpoint; its annotation's sizes and times win over the defaults. */
  public WebSocketService(Endpoint endpoint, SessionSettings defaults, Facilities shared) {
    this.endpoint = endpoint;
    this.subprotocols = List.of(endpoint.options().subprotocols());
    this.logsTraffic = endpoint.options().logTraffic();
    this.settings = defaults.with(endpoint.options());
    this.keepAlive = new KeepAlive.Times(settings);
    this.streaming = new Receiver.Streaming(endpoint.streamsText(), endpoint.streamsBinary());
    this.shared = shared;
  }

  /** The subprotocols that the endpoint speaks. */
  public List<String> subprotocols() {
    return subprotocols;
  }

  /** The foreign origins that may connect. */
  public Set<String> allowedOrigins() {
    return settings.allowedOrigins();
  }

  /** What may be agreed on for permessage-deflate. */
  public DeflateOptions compression() {
    return settings.compression();
  }

  /** The endpoint's class, for the log. */
  public String name() {
    return endpoint.type().getName();
  }

  /** This path, in a text that sessions share where the endpoint has only one path. */
  public String shared(String rawPath) {
    return endpoint.hasOnlyPath(rawPath) ? endpoint.pattern() : rawPath;
  }

  private Compressor compressor(DeflateParameters agreed) {
    return new Compressor(shared.deflate(), settings.compression(), agreed);
  }

  /** Makes the endpoint's instance. What its constructor throws comes out as it is. */
  public Opening open(OpeningTarget target) {
    return new Opening(endpoint.open(target.pathParams(), target.queryParams().get()), target);
  }

  /** A connection in the making, with the endpoint's instance for it. */
  public final class Opening {
    private final EndpointInstance instance;
    private final OpeningTarget target;
    private Optional<String> subprotocol = Optional.empty();
    private Optional<String> userName = Optional.empty();
    private @Nullable Inflation inflation;
    private @Nullable Compressor compressor;

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
      userName = instance.user().map(Principal::getName);
    }

    /**
     * The handshake is accepted, and this was agreed on.
     *
     * @param deflate the parameters of permessage-deflate; empty without it
     */
    public void accepted(Optional<String> subprotocol, Optional<DeflateParameters> deflate) {
      this.subprotocol = subprotocol;
      deflate.ifPresent(agreed -> {
        inflation = new Inflation(shared.deflate(), agreed);
        compressor =
            agreed.serverNoContextTakeover()
                ? compressors.computeIfAbsent(agreed, WebSocketService.this::compressor)
                : compressor(agreed);
      });
    }

    /** Begins the WebSocket, whose handshake was accepted and whose 101 has been sent. */
    public FrameLoop begin(Transport transport, ReadBuffer in) {
      Outbox outbox =
          new Outbox(
              transport,
              shared.buffers(),
              settings,
              compressor,
              Thread.currentThread(),
              shared.outgoing());
      LiveSession session =
          new LiveSession(
              shared.sessions().nextNumber(), target, instance.user(), subprotocol, outbox, shared);
      session.logTraffic(logsTraffic);
      FrameLoop loop =
          new FrameLoop(
              transport,
              in,
              session,
              new Conversation(instance, session),
              new Receiver(in, outbox, streaming, settings, inflation, shared.incoming()),
              new KeepAlive(keepAlive, transport.now()));
      shared.sessions().add(session); // from here on other threads see it
      userName.ifPresent(session::belongTo);
      return loop;
    }
  }
}
