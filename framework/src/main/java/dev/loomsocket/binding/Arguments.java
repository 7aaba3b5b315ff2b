package dev.loomsocket.binding;

import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.Session;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the parameters of one connection's handlers are filled from, besides the message itself.
 *
 * <p>Owned by the connection's thread. Handlers read it through the handles below, which are built
 * into theirs at start-up, so a call copies nothing into arrays.
 */
@SuppressWarnings("unused") // the fields are read through method handles
final class Arguments {
  static final MethodHandle INSTANCE = getter("instance", Object.class);
  static final MethodHandle HANDSHAKE = getter("handshake", Handshake.class);
  static final MethodHandle SESSION = getter("session", Session.class);
  static final MethodHandle USER = getter("user", Principal.class);

  /** {@code (Arguments, int) Object}: a converted path or query parameter. */
  private static final MethodHandle VALUES =
      MethodHandles.filterArguments(
          MethodHandles.arrayElementGetter(Object[].class), 0, getter("values", Object[].class));

  private static final MethodHandle MAYBE_USER = maybeUser();

  private final Object instance;

  /** The converted path and query parameters, in the order of {@link UrlValues}. */
  private final Object[] values;

  private @Nullable Handshake handshake;
  private @Nullable Session session;
  private @Nullable Principal user;

  Arguments(Object instance, Object[] values) {
    this.instance = instance;
    this.values = values;
  }

  Class<?> type() {
    return instance.getClass();
  }

  void handshake(Handshake handshake) {
    this.handshake = handshake;
  }

  void forgetHandshake() {
    handshake = null;
  }

  void session(Session session) {
    this.session = session;
  }

  void user(Principal user) {
    this.user = user;
  }

  @Nullable Principal user() {
    return user;
  }

  private Optional<Principal> user(Class<?> type) {
    return Optional.ofNullable(user).filter(type::isInstance);
  }

  /** {@code (Arguments) Optional}: the user if it is of this class. */
  static MethodHandle maybeUser(Class<?> type) {
    return MethodHandles.insertArguments(MAYBE_USER, 1, type);
  }

  /** {@code (Arguments) Object}: the value with this index. */
  static MethodHandle value(int index) {
    return MethodHandles.insertArguments(VALUES, 1, index);
  }

  private static MethodHandle getter(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findGetter(Arguments.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle maybeUser() {
    try {
      MethodType type = MethodType.methodType(Optional.class, Class.class);
      return MethodHandles.lookup().findVirtual(Arguments.class, "user", type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
