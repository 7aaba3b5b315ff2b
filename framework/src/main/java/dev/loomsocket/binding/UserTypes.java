package dev.loomsocket.binding;

import java.security.Principal;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who the client of an endpoint may be: the classes of users that there are, and those that its
 * methods ask for. Filled while the endpoint is bound, immutable then.
 */
final class UserTypes {
  private final boolean authenticated;
  private final Optional<Class<?>> login;
  private final Set<Class<?>> wanted = new LinkedHashSet<>();

  /**
   * Nobody is asked for yet.
   *
   * @param authenticated whether the application says who sent a handshake
   * @param login the class that the {@code @OnHandshake} method returns, if that is a Principal
   */
  UserTypes(boolean authenticated, Optional<Class<?>> login) {
    this.authenticated = authenticated;
    this.login = login;
  }

  /** True if there can be users of this class, as far as is known at start-up. */
  boolean has(Class<?> type) {
    return authenticated && type == Principal.class
        || login.isPresent() && isUser(type) && type.isAssignableFrom(login.get());
  }

  /** True if the class is one of users at all, and not of any object. */
  static boolean isUser(Class<?> type) {
    return Principal.class.isAssignableFrom(type);
  }

  /** A method takes a user of this class, so nobody else may connect. */
  void want(Class<?> type) {
    wanted.add(type);
  }

  /** True if the endpoint's methods can do with this user, or with nobody. */
  boolean accept(@Nullable Principal user) {
    return wanted.stream().allMatch(type -> type.isInstance(user));
  }
}
