package dev.loomsocket.binding;

import dev.loomsocket.http.PathPattern;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes {@link Endpoint}s of annotated classes and objects, or says everything that is wrong with
 * them.
 */
public final class Binder {
  private final Services services;
  private final boolean authenticates;

  /** A binder whose endpoints may ask for these objects. */
  public Binder(Collection<?> services) {
    this(services, false);
  }

  /**
   * A binder whose endpoints may ask for these objects.
   *
   * @param authenticates whether the application says who sent a handshake
   */
  public Binder(Collection<?> services, boolean authenticates) {
    this.services = new Services(services);
    this.authenticates = authenticates;
  }

  /**
   * Binds all endpoints.
   *
   * @param endpointClasses get an instance for each connection; one whose object is in the other
   *     collection is left out
   * @param sharedEndpointObjects serve all connections of their endpoint
   * @throws BindingException with every mistake of every endpoint
   */
  public List<Endpoint> bind(
      Collection<Class<?>> endpointClasses, Collection<?> sharedEndpointObjects) {
    Binding binding = new Binding();
    Set<Class<?>> classes = new LinkedHashSet<>(endpointClasses);
    sharedEndpointObjects.forEach(shared -> classes.remove(shared.getClass()));
    for (Class<?> type : classes) {
      if (type.isAnnotationPresent(WebSocketEndpoint.class)) {
        binding.bind(type, Optional.empty());
      } else if (!isSupertype(type, classes, sharedEndpointObjects)) {
        binding.addWithoutAnnotation(type);
      }
    }
    for (Object shared : sharedEndpointObjects) {
      if (shared.getClass().isAnnotationPresent(WebSocketEndpoint.class)) {
        binding.bind(shared.getClass(), Optional.of(shared));
      } else {
        binding.addWithoutAnnotation(shared.getClass());
      }
    }
    if (!binding.problems.isEmpty()) {
      throw new BindingException(binding.problems.all());
    }
    return List.copyOf(binding.endpoints);
  }

  /** A class without the annotation may stand there to be inherited from. */
  private static boolean isSupertype(Class<?> type, Set<Class<?>> classes, Collection<?> shared) {
    return shared.stream().anyMatch(type::isInstance)
        || classes.stream()
            .anyMatch(other ->
                type.isAssignableFrom(other) && other.isAnnotationPresent(WebSocketEndpoint.class));
  }

  /** One run: the endpoints and mistakes so far. */
  private final class Binding {
    private final Problems problems = new Problems();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();

    private void bind(Class<?> type, Optional<Object> shared) {
      WebSocketEndpoint options = type.getAnnotation(WebSocketEndpoint.class);
      OptionsCheck check = new OptionsCheck(type, options, problems);
      Optional<PathPattern> path = check.path();
      path.ifPresent(
          pattern -> addRoute(new Route(type, pattern, List.of(options.subprotocols()))));
      Optional<MethodHandle> instances =
          shared
              .map(InstanceBinder::shared)
              .or(() -> new InstanceBinder(services, problems).perConnection(type));
      GenericTypes generics = new GenericTypes(type);
      List<Method> methods = HandlerMethods.of(type, generics);
      check.checkLimits(methods, generics);
      path.filter(pattern -> !methods.isEmpty())
          .ifPresent(pattern -> check.checkVariables(pattern, methods));
      UrlValues values = new UrlValues();
      TypeNames typeNames = new TypeNames();
      UserTypes users = new UserTypes(authenticates, login(methods, generics));
      EndpointContext endpoint =
          new EndpointContext(
              type, path, generics, methods, services, values, typeNames, users, problems);
      Handlers handlers = new EndpointBinder(endpoint).handlers();
      if (path.isPresent() && instances.isPresent() && problems.isEmpty()) {
        endpoints.add(
            new Endpoint(type, path.get(), options, instances.get(), values, typeNames, handlers));
      }
    }

    /** The class of users that the {@code @OnHandshake} method returns, if it returns any. */
    private static Optional<Class<?>> login(List<Method> methods, GenericTypes generics) {
      return methods.stream()
          .filter(method -> method.isAnnotationPresent(OnHandshake.class))
          .<Class<?>>map(
              method -> GenericTypes.raw(generics.resolve(method.getGenericReturnType())))
          .filter(UserTypes::isUser)
          .findFirst();
    }

    private void addRoute(Route route) {
      routes.stream()
          .filter(route::isHiddenBy)
          .findFirst()
          .ifPresent(other -> addHidden(route, other, route.sharedWith(other)));
      routes.add(route);
    }

    /** Reports an endpoint that another one hides, by a subprotocol or by none. */
    private void addHidden(Route route, Route other, Optional<String> subprotocol) {
      problems.add(
          route.type.getName(),
          "its path "
              + route.path
              + subprotocol
                  .map(name -> " and subprotocol \"" + name + "\" match")
                  .orElse(" matches")
              + " the same requests as "
              + other.path
              + " of "
              + other.type.getName(),
          "a path of its own for each endpoint, or the same path with different subprotocols",
          "change one of the two paths, or "
              + (subprotocol.isPresent()
                  ? "remove the subprotocol from one of the two"
                  : "write subprotocols for one of the two"));
    }

    private void addWithoutAnnotation(Class<?> type) {
      if (ForeignAnnotations.isEndpoint(type)) {
        ForeignAnnotations.report(type, problems);
        return;
      }
      List<String> methods =
          HandlerMethods.of(type, new GenericTypes(type)).stream()
              .map(Problems::signature)
              .toList();
      problems.add(
          type.getName(),
          "it has no @WebSocketEndpoint"
              + (methods.isEmpty() ? "" : ", but handler methods: " + String.join(", ", methods)),
          "endpoints with @WebSocketEndpoint, and superclasses of such endpoints",
          "write @WebSocketEndpoint(\"/path\") on the class"
              + (methods.isEmpty() ? "" : ", or take the annotations off its methods"));
    }
  }

  /** What tells an endpoint's handshakes from those of others. */
  private record Route(Class<?> type, PathPattern path, List<String> subprotocols) {
    /** True if no handshake could tell the two apart. */
    boolean isHiddenBy(Route other) {
      boolean sameProtocols =
          subprotocols.isEmpty() ? other.subprotocols.isEmpty() : sharedWith(other).isPresent();
      return path.overlapsExactly(other.path) && sameProtocols;
    }

    Optional<String> sharedWith(Route other) {
      return subprotocols.stream().filter(other.subprotocols::contains).findFirst();
    }
  }
}
