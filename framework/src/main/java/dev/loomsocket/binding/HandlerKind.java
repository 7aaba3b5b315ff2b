package dev.loomsocket.binding;

import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnError;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The five kinds of handler methods, with what their parameters may be filled from. */
enum HandlerKind {
  HANDSHAKE(
      OnHandshake.class,
      EnumSet.of(Source.HANDSHAKE, Source.QUERY, Source.SERVICE),
      "Handshake, @PathParam, @QueryParam and services"),
  OPEN(
      OnOpen.class,
      EnumSet.allOf(Source.class),
      "Session, Handshake, Principal, @PathParam, @QueryParam and services"),
  MESSAGE(
      OnMessage.class,
      EnumSet.allOf(Source.class),
      "one message (String, Reader, byte[], ByteBuffer, InputStream, Pong, or a type that is decoded"
          + " from JSON), besides "
          + OPEN.allowed),
  ERROR(OnError.class, EnumSet.allOf(Source.class), "one Throwable type, besides " + OPEN.allowed),
  CLOSE(OnClose.class, EnumSet.of(Source.SESSION), "CloseStatus, Session and @PathParam");

  /** What a parameter may be filled from, besides path parameters, which every method may take. */
  enum Source {
    SESSION,
    HANDSHAKE,
    PRINCIPAL,
    QUERY,
    SERVICE
  }

  private final Class<? extends Annotation> annotation;
  private final Set<Source> sources;
  private final String allowed;

  HandlerKind(Class<? extends Annotation> annotation, Set<Source> sources, String allowed) {
    this.annotation = annotation;
    this.sources = sources;
    this.allowed = allowed;
  }

  /** The kinds that a method's annotations say it is of; more than one is a mistake. */
  static List<HandlerKind> of(Method method) {
    return Arrays.stream(values())
        .filter(kind -> method.isAnnotationPresent(kind.annotation))
        .toList();
  }

  Class<? extends Annotation> annotation() {
    return annotation;
  }

  boolean takes(Source source) {
    return sources.contains(source);
  }

  /** The parameters of such a method, for people. */
  String allowed() {
    return allowed;
  }

  /** The annotation as it is written, {@code @OnOpen}. */
  @Override
  public String toString() {
    return "@" + annotation.getSimpleName();
  }
}
