package dev.loomsocket.binding;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.websocket.Session;
import java.io.InputStream;
import java.io.Reader;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection's side of an endpoint: its instance, and what its methods are called with.
 *
 * <p>Used by the connection's thread only. Each method calls the user's method for the event, if
 * there is one. What that returns is to be sent to the client; what it throws comes out as it is.
 */
public final class EndpointInstance {
  private final Handlers handlers;
  private final Arguments arguments;

  EndpointInstance(Handlers handlers, Arguments arguments) {
    this.handlers = handlers;
    this.arguments = arguments;
  }

  /** The user's class. */
  public Class<?> type() {
    return arguments.type();
  }

  /**
   * Lets the endpoint decide about the handshake, and about who sent it if it wants to.
   *
   * @throws HttpException 403 if it says no, 401 if its methods need to know who the client is and
   *     nobody does, or another status that it threw itself
   */
  public void handshake(Handshake handshake) throws Throwable {
    arguments.handshake(handshake);
    handshake.user().ifPresent(arguments::user);
    Object decision = handlers.handshake().receive(arguments, null);
    if (decision instanceof Principal user) {
      arguments.user(user);
    } else if (Boolean.FALSE.equals(decision)) {
      throw new HttpException(403, "this connection is not allowed");
    }
    if (!handlers.users().accept(arguments.user())) {
      throw new HttpException(401, "this connection is for those who say who they are")
          .header("WWW-Authenticate", "Bearer"); // RFC 9110 §11.6.1: one is needed
    }
  }

  /** Who the handshake said this is. */
  public Optional<Principal> user() {
    return Optional.ofNullable(arguments.user());
  }

  /** The connection is open; methods that take a session get this one from now on. */
  public @Nullable Object open(Session session) throws Throwable {
    arguments.session(session);
    try {
      return handlers.open().receive(arguments, null);
    } finally {
      if (!handlers.takesHandshakeLater()) {
        arguments.forgetHandshake(); // with all its headers it is larger than the rest of a session
      }
    }
  }

  /** True if text messages are JSON to it, which may ask for an answer. */
  public boolean takesJson() {
    return handlers.text().decodesJson();
  }

  /**
   * A text message came as a whole; a method with a Reader gets one of it.
   *
   * @throws dev.loomsocket.websocket.BadMessageException {@code bad-json}, {@code unknown-type} or
   *     {@code unsupported}
   */
  public @Nullable Object text(String message) throws Throwable {
    return handlers.text().receive(arguments, message);
  }

  /**
   * A text message is coming; only for an {@link Endpoint#streamsText()}.
   *
   * @param message blocks whoever reads it until more of it has come
   */
  public @Nullable Object text(Reader message) throws Throwable {
    return handlers.streams().text().orElseThrow().receive(arguments, message);
  }

  /**
   * A binary message came as a whole; the array belongs to the user from now on. A method with an
   * InputStream gets one of it.
   *
   * @throws dev.loomsocket.websocket.BadMessageException {@code unsupported}
   */
  public @Nullable Object binary(byte[] message) throws Throwable {
    return handlers.binary().receive(arguments, message);
  }

  /**
   * A binary message is coming; only for an {@link Endpoint#streamsBinary()}.
   *
   * @param message blocks whoever reads it until more of it has come
   */
  public @Nullable Object binary(InputStream message) throws Throwable {
    return handlers.streams().binary().orElseThrow().receive(arguments, message);
  }

  /** A pong came. */
  public @Nullable Object pong(Pong pong) throws Throwable {
    return handlers.pong().receive(arguments, pong);
  }

  /** True if an {@code @OnError} method takes this. */
  public boolean handles(Throwable thrown) {
    return handlers.forError(thrown).isPresent();
  }

  /** Hands over what another method threw; without a method for it, throws it again. */
  public @Nullable Object error(Throwable thrown) throws Throwable {
    return handlers.forError(thrown).orElseThrow(() -> thrown).receive(arguments, thrown);
  }

  /** The connection has ended. */
  public void close(CloseStatus status) throws Throwable {
    handlers.close().receive(arguments, status);
  }
}
