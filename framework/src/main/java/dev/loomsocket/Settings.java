package dev.loomsocket;

import dev.loomsocket.session.SessionSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The settings of a server, read from its {@link Configuration}. Sizes are bytes, or have a unit: {@code 64KiB}, {@code
 * 16MiB}. Times are seconds, or have a unit: {@code 500ms}, {@code 30s}, {@code 2m}.
 *
 * @param host the address to listen on
 * @param port 0 takes a free one
 * @param maxConnections open at a time; more are answered with 503
 * @param maxBodySize of a request, in bytes
 * @param session the defaults of every endpoint
 */
record Settings(
    String host, int port, int maxConnections, int maxBodySize, SessionSettings session) {

  private static final int MAX_PORT = 65_535;

  /** Reads all settings; a problem is added for each that does not make sense, and its default is taken. */
  static Settings of(Configuration configuration, List<String> problems) {
    Reader r = new Reader(configuration, problems);
    SessionSettings d = SessionSettings.DEFAULT;
    return new Settings(
            r.read("host", "127.0.0.1", "an address", text -> text),
            r.read("port", 8080, "0 to 65535", Settings::port),
            r.read("max-connections", FileDescriptors.forConnections(), "1 or more", Settings::count),
            r.size("max-body-size", 1 << 20),
            new SessionSettings(
                r.size("max-message-size", d.maxMessageSize()),
                r.size("max-queue-size", d.maxQueueSize()),
                r.time("send-timeout", d.sendTimeout()),
                r.time("ping-after", d.pingAfter()),
                r.time("pong-within", d.pongWithin()),
                r.time("idle-timeout", d.idleTimeout()),
                r.time("close-timeout", d.closeTimeout())));
  }

  /** These settings on another address. */
  Settings at(String host, int port) {
    return new Settings(host, port, maxConnections, maxBodySize, session);
  }

  private static int port(String text) {
    int port = Integer.parseInt(text);
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException();
    }
    return port;
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

  private static Duration time(String text) {
    int digits = digits(text);
    long number = Long.parseLong(text.substring(0, digits));
    return switch (text.substring(digits).strip()) {
      case "ms" -> Duration.ofMillis(number);
      case "", "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> throw new IllegalArgumentException();
    };
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
    <T> T read(String name, T otherwise, String allowed, Function<String, T> parse) {
      return configuration
          .value(name)
          .map(
              value -> {
                try {
                  return parse.apply(value.text());
                } catch (IllegalArgumentException | ArithmeticException e) {
                  problems.add(
                      value.source() + " is \"" + value.text() + "\"; it takes " + allowed + ".");
                  return otherwise;
                }
              })
          .orElse(otherwise);
    }

    int size(String name, int otherwise) {
      return read(name, otherwise, "a size such as 65536, 64KiB or 16MiB, below 2 GiB", Settings::size);
    }

    Duration time(String name, Duration otherwise) {
      return read(name, otherwise, "a time such as 500ms, 30s or 2m", Settings::time);
    }
  }
}
