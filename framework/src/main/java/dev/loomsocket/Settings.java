package dev.loomsocket;

import dev.loomsocket.http.Origin;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.server.CookieSettings;
import dev.loomsocket.server.ServerSettings;
import dev.loomsocket.session.SessionSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The settings of a server, read from its {@link Configuration}. Sizes are bytes, or have a unit:
 * {@code 64KiB}, {@code 16MiB}. Times are seconds, or have a unit: {@code 500ms}, {@code 30s},
 * {@code 2m}.
 *
 * @param host the address to listen on
 * @param port 0 takes a free one
 * @param server what holds for connections and requests
 * @param session what holds for WebSockets, unless their endpoint says otherwise
 * @param cookies how the sessions of pages travel
 */
record Settings(
    String host, int port, ServerSettings server, SessionSettings session, CookieSettings cookies) {
  /** What is allowed as a port, for people. */
  static final String PORTS = "0 to 65535";

  private static final int MAX_PORT = 65_535;

  /** The longest time that can be set. */
  static final Duration LONGEST = Duration.ofDays(365);

  /** Characters: what can be guessed would let anybody sign. */
  private static final int LEAST_KEY = 32;

  private static final String KEYS =
      "keys of "
          + LEAST_KEY
          + " characters or more, with commas between them: `openssl rand -base64 32` makes one";

  private static final String ORIGINS =
      "origins as browsers send them, with commas between them: https://app.example.com";

  private static final String TIME = "a time such as 500ms, 30s or 2m, up to a year";

  /**
   * Reads all settings; a problem is added for each that does not make sense, and its default is
   * taken, and for each that is misspelt.
   */
  static Settings of(Configuration configuration, List<String> problems) {
    problems.addAll(configuration.misspelt());
    Reader r = new Reader(configuration, problems);
    ServerSettings server = ServerSettings.DEFAULT;
    SessionSettings session = SessionSettings.DEFAULT;
    Duration sendTimeout = r.time(Setting.SEND_TIMEOUT, session.sendTimeout());
    Duration closeTimeout = r.time(Setting.CLOSE_TIMEOUT, session.closeTimeout());
    return new Settings(
        r.read(Setting.HOST, "127.0.0.1", "an address", Settings::host),
        r.read(Setting.PORT, 8080, PORTS, Settings::port),
        new ServerSettings(
            r.read(Setting.MAX_CONNECTIONS, mostConnections(), "1 or more", Settings::count),
            r.size(Setting.MAX_BODY_SIZE, server.maxBodySize()),
            r.time(Setting.HEAD_TIMEOUT, server.headTimeout()),
            r.time(Setting.KEEP_ALIVE, server.keepAlive()),
            sendTimeout,
            closeTimeout,
            r.time(Setting.STOP_TIMEOUT, server.stopTimeout())),
        new SessionSettings(
            r.size(Setting.MAX_MESSAGE_SIZE, session.maxMessageSize()),
            r.size(Setting.MAX_QUEUE_SIZE, session.maxQueueSize()),
            sendTimeout,
            r.timeOrNone(Setting.PING_AFTER, session.pingAfter()),
            r.time(Setting.PONG_WITHIN, session.pongWithin()),
            r.timeOrNone(Setting.IDLE_TIMEOUT, session.idleTimeout()),
            closeTimeout,
            r.read(Setting.ALLOWED_ORIGINS, Set.of(), ORIGINS, Settings::origins)),
        new CookieSettings(
            r.secret(Setting.SESSION_KEY, KEYS, Settings::keys),
            r.time(Setting.SESSION_LIFETIME, CookieSettings.DEFAULT.lifetime()),
            r.read(Setting.SESSION_SECURE, false, "true or false", Settings::flag)));
  }

  /** These settings on another address. */
  Settings at(String host, int port) {
    return new Settings(host, port, server, session, cookies);
  }

  private static String host(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  /** True if there can be such a port; 0 stands for a free one. */
  static boolean isPort(int port) {
    return port >= 0 && port <= MAX_PORT;
  }

  private static int port(String text) {
    int port = Integer.parseInt(text);
    if (!isPort(port)) {
      throw new IllegalArgumentException();
    }
    return port;
  }

  /** As many as there are files for, and memory if each holds a buffer. */
  private static int mostConnections() {
    long buffers = Runtime.getRuntime().maxMemory() / BufferPool.BUFFER_SIZE;
    return Math.clamp(buffers, 1, FileDescriptors.forConnections());
  }

  private static int count(String text) {
    int count = Integer.parseInt(text);
    if (count < 1) {
      throw new IllegalArgumentException();
    }
    return count;
  }

  private static int size(String text) {
    int digits = digits(text);
    long number = Long.parseLong(text.substring(0, digits));
    long bytes =
        switch (text.substring(digits).strip()) {
          case "" -> number;
          case "KiB" -> Math.multiplyExact(number, 1L << 10);
          case "MiB" -> Math.multiplyExact(number, 1L << 20);
          case "GiB" -> Math.multiplyExact(number, 1L << 30);
          default -> throw new IllegalArgumentException();
        };
    if (bytes < 1) {
      throw new IllegalArgumentException();
    }
    return Math.toIntExact(bytes);
  }

  /** Separated by commas, which no key in base64 has. */
  private static List<String> keys(String text) {
    List<String> keys = Arrays.stream(text.split(",")).map(String::strip).toList();
    if (keys.stream().anyMatch(key -> key.length() < LEAST_KEY)) {
      throw new IllegalArgumentException();
    }
    return keys;
  }

  private static Set<String> origins(String text) {
    Set<String> origins =
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(origin -> !origin.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    if (!origins.stream().allMatch(origin -> origin.equals("*") || Origin.isOrigin(origin))) {
      throw new IllegalArgumentException();
    }
    return origins;
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private static Duration time(String text) {
    Duration time = timeOrNone(text);
    if (time.isZero()) {
      throw new IllegalArgumentException();
    }
    return time;
  }

  private static Duration timeOrNone(String text) {
    int digits = digits(text);
    long number = Long.parseLong(text.substring(0, digits));
    Duration time =
        switch (text.substring(digits).strip()) {
          case "ms" -> Duration.ofMillis(number);
          case "", "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> throw new IllegalArgumentException();
        };
    if (time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException();
    }
    return time;
  }

  private static int digits(String text) {
    int n = 0;
    while (n < text.length() && text.charAt(n) >= '0' && text.charAt(n) <= '9') {
      n++;
    }
    return n;
  }

  /** Reads values and gathers what is wrong with them. */
  private record Reader(Configuration configuration, List<String> problems) {
    <T> T read(Setting setting, T otherwise, String allowed, Function<String, T> parse) {
      return read(setting, otherwise, allowed, parse, text -> "\"" + text + "\"");
    }

    /** A list, empty if nobody sets it, of which nothing is told. */
    <T> List<T> secret(Setting setting, String allowed, Function<String, List<T>> parse) {
      return read(setting, List.of(), allowed, parse, text -> "set, but not well");
    }

    private <T> T read(
        Setting setting,
        T otherwise,
        String allowed,
        Function<String, T> parse,
        UnaryOperator<String> shown) {
      return configuration
          .value(setting)
          .map(value -> {
            try {
              return parse.apply(value.text());
            } catch (IllegalArgumentException | ArithmeticException e) {
              problems.add(
                  value.source()
                      + " is "
                      + shown.apply(value.text())
                      + "; it takes "
                      + allowed
                      + ".");
              return otherwise;
            }
          })
          .orElse(otherwise);
    }

    int size(Setting setting, int otherwise) {
      return read(
          setting, otherwise, "a size such as 65536, 64KiB or 16MiB, below 2 GiB", Settings::size);
    }

    Duration time(Setting setting, Duration otherwise) {
      return read(setting, otherwise, TIME, Settings::time);
    }

    Duration timeOrNone(Setting setting, Duration otherwise) {
      return read(setting, otherwise, TIME + ", or 0 for none", Settings::timeOrNone);
    }
  }
}
