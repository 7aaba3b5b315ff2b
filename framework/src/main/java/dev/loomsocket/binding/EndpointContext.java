package dev.loomsocket.binding;

import dev.loomsocket.http.PathPattern;
import dev.loomsocket.websocket.OnHandshake;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.List;
import java.util.Optional;

/**
 * What the binders of one endpoint's methods and parameters need to know of the whole.
 *
 * @param path empty if the pattern is wrong, which has been reported then
 * @param methods the handler methods, inherited ones too
 * @param values collects the path and query parameters
 * @param problems collects the mistakes
 */
record EndpointContext(
    Class<?> type,
    Optional<PathPattern> path,
    GenericTypes generics,
    List<Method> methods,
    Services services,
    UrlValues values,
    Problems problems) {

  /**
   * The class that {@code session.user()} has at least: what the {@code @OnHandshake} method
   * returns.
   */
  Optional<Class<?>> principal() {
    return methods.stream()
        .filter(method -> method.isAnnotationPresent(OnHandshake.class))
        .<Class<?>>map(method -> GenericTypes.raw(generics.resolve(method.getGenericReturnType())))
        .filter(Principal.class::isAssignableFrom)
        .findFirst();
  }

  String where(Method method) {
    return Problems.where(type, method);
  }
}
