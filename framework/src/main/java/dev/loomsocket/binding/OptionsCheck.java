package dev.loomsocket.binding;

import dev.loomsocket.http.Origin;
import dev.loomsocket.http.PathPattern;
import dev.loomsocket.websocket.Compression;
import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks what stands in the {@code @WebSocketEndpoint} annotation of a class. */
final class OptionsCheck {
  private static final String SEPARATORS = "()<>@,;:\\\"/[]?={}";
  private static final String LIMITS =
      "maxMessageSize for messages that come whole, maxStreamSize for those that come as a stream";

  private final String where;
  private final WebSocketEndpoint options;
  private final Problems problems;

  OptionsCheck(Class<?> endpoint, WebSocketEndpoint options, Problems problems) {
    this.where = endpoint.getName();
    this.options = options;
    this.problems = problems;
  }

  /** Reports what is wrong; the path is empty if it is wrong itself. */
  Optional<PathPattern> path() {
    checkSubprotocols();
    checkOrigins();
    checkNumber("maxMessageSize", options.maxMessageSize(), "bytes, or 0 for the default");
    checkNumber("maxStreamSize", options.maxStreamSize(), "bytes, or 0 for no limit");
    checkNumber("maxQueueSize", options.maxQueueSize(), "bytes, or 0 for the default");
    checkNumber(
        "idleTimeoutSeconds", options.idleTimeoutSeconds(), "seconds, or 0 for the default");
    checkCompression(options.compression());
    try {
      return Optional.of(PathPattern.parse(options.value()));
    } catch (IllegalArgumentException e) {
      problems.add(
          where,
          String.valueOf(e.getMessage()),
          "literal segments, {name} for one segment, {name*} at the end for the rest: /chat/{room}",
          "correct the path in @WebSocketEndpoint");
      return Optional.empty();
    }
  }

  /**
   * Reports limits that limit nothing. What counts is what the methods declare, so that a mistake
   * in one of them does not bring a second report with it.
   *
   * @param methods the handler methods of the endpoint
   */
  void checkLimits(List<Method> methods, GenericTypes generics) {
    List<List<Class<?>>> messages =
        methods.stream()
            .filter(method -> method.isAnnotationPresent(OnMessage.class))
            .map(generics::parameterClasses)
            .filter(parameters -> !parameters.contains(Pong.class))
            .toList();
    long streaming = messages.stream().filter(OptionsCheck::isStreaming).count();
    if (options.maxStreamSize() > 0 && streaming == 0) {
      problems.add(
          where,
          "maxStreamSize = "
              + options.maxStreamSize()
              + ", but no @OnMessage method takes a Reader or an InputStream",
          LIMITS,
          "write maxMessageSize instead, or take a Reader or an InputStream");
    }
    if (options.maxMessageSize() > 0 && streaming > 0 && streaming == messages.size()) {
      problems.add(
          where,
          "maxMessageSize = "
              + options.maxMessageSize()
              + ", but every @OnMessage method takes a Reader or an InputStream",
          LIMITS,
          "write maxStreamSize instead");
    }
  }

  private static boolean isStreaming(List<Class<?>> parameters) {
    return parameters.contains(Reader.class) || parameters.contains(InputStream.class);
  }

  /**
   * Reports variables of the path that no method asks for, and none could read otherwise. Who asks
   * for one that there is not has misspelt it, which has its own line.
   */
  void checkVariables(PathPattern path, List<Method> methods) {
    List<Parameter> parameters =
        methods.stream().flatMap(method -> Stream.of(method.getParameters())).toList();
    List<String> taken = parameters.stream().flatMap(OptionsCheck::pathParam).toList();
    if (parameters.stream().anyMatch(OptionsCheck::seesThemAll)
        || !path.variables().containsAll(taken)) {
      return;
    }
    for (String variable : path.variables()) {
      if (!taken.contains(variable)) {
        problems.add(
            where,
            "its path " + path + " has the variable \"" + variable + "\", which no method asks for",
            "variables that a method takes with @PathParam, or can read from a Session or Handshake",
            "add the parameter @PathParam(\""
                + variable
                + "\") String "
                + variable
                + " to a method, or take {"
                + variable
                + "} out of the path");
      }
    }
  }

  private static boolean seesThemAll(Parameter parameter) {
    return parameter.getType() == Session.class || parameter.getType() == Handshake.class;
  }

  /** The name in an annotation, be it that of another API, which is a mistake of its own. */
  private static Stream<String> pathParam(Parameter parameter) {
    PathParam annotation = parameter.getAnnotation(PathParam.class);
    if (annotation != null) {
      return Stream.of(annotation.value().isEmpty() ? parameter.getName() : annotation.value());
    }
    return Stream.of(parameter.getAnnotations())
        .filter(other -> other.annotationType().getSimpleName().equals("PathParam"))
        .map(other -> "");
  }

  private void checkNumber(String name, long value, String unit) {
    if (value < 0) {
      problems.add(
          where,
          name + " = " + value,
          "a number of " + unit,
          "correct " + name + " in @WebSocketEndpoint, or leave it out");
    }
  }

  private void checkCompression(Compression compression) {
    int level = compression.level();
    if (level < 1 || level > 9) {
      problems.add(
          where,
          "level = " + level,
          "1 (the fastest) to 9 (the smallest)",
          "correct level in @Compression, or leave it out; enabled = false compresses nothing");
    }
    if (compression.threshold() < 0) {
      problems.add(
          where,
          "threshold = " + compression.threshold(),
          "a number of bytes, or 0 for every message",
          "correct threshold in @Compression, or leave it out; enabled = false compresses nothing");
    }
  }

  /** RFC 6455 §4.1: a subprotocol is a token of HTTP, and none stands twice. */
  private void checkSubprotocols() {
    Set<String> seen = new HashSet<>();
    for (String subprotocol : options.subprotocols()) {
      if (!isToken(subprotocol)) {
        problems.add(
            where,
            "the subprotocol \"" + subprotocol + "\" is not a token",
            "letters, digits and !#$%&'*+-.^_`|~, no spaces",
            "correct subprotocols in @WebSocketEndpoint, for example \"chat.v1\"");
      } else if (!seen.add(subprotocol)) {
        problems.add(
            where,
            "the subprotocol \"" + subprotocol + "\" stands there twice",
            "each subprotocol once",
            "remove one from subprotocols in @WebSocketEndpoint");
      }
    }
  }

  private static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f && SEPARATORS.indexOf(c) < 0);
  }

  private void checkOrigins() {
    for (String origin : options.allowedOrigins()) {
      if (!origin.equals("*") && !Origin.isOrigin(origin)) {
        problems.add(
            where,
            "the allowed origin \"" + origin + "\" is not an origin",
            "scheme, host and port as browsers send them, without a path; or \"*\" for every page",
            "correct allowedOrigins in @WebSocketEndpoint, for example \"https://app.example.com\"");
      }
    }
  }
}
