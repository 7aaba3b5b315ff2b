package dev.loomsocket.binding;

import dev.loomsocket.http.PathPattern;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/**
 * What the binders of one endpoint's methods and parameters need to know of the whole.
 *
 * @param path empty if the pattern is wrong, which has been reported then
 * @param methods the handler methods, inherited ones too
 * @param values collects the path and query parameters
 * @param typeNames collects the names of the messages' classes
 * @param users knows who the clients may be, and collects who is asked for
 * @param problems collects the mistakes
 */
record EndpointContext(
    Class<?> type,
    Optional<PathPattern> path,
    GenericTypes generics,
    List<Method> methods,
    Services services,
    UrlValues values,
    TypeNames typeNames,
    UserTypes users,
    Problems problems) {

  String where(Method method) {
    return Problems.where(type, method);
  }
}
