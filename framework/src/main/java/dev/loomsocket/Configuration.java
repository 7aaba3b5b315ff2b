package dev.loomsocket;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a setting's value comes from, the first that has it: {@code --max-queue-size=…} on the
 * command line, the system property {@code loomsocket.max-queue-size}, the environment variable
 * {@code LOOMSOCKET_MAX_QUEUE_SIZE}, and {@code loomsocket.max-queue-size} in {@code
 * application.properties} on the class path. Immutable.
 */
final class Configuration {
  private static final String PREFIX = "loomsocket.";

  private final Map<String, String> arguments;
  private final UnaryOperator<@Nullable String> properties;
  private final UnaryOperator<@Nullable String> environment;
  private final Properties file;

  /** A value and what a person has to change to change it. */
  record Value(String text, String source) {}

  Configuration(
      List<String> arguments,
      UnaryOperator<@Nullable String> properties,
      UnaryOperator<@Nullable String> environment,
      Properties file) {
    this.arguments = options(arguments);
    this.properties = properties;
    this.environment = environment;
    this.file = file;
  }

  /**
   * The configuration of this process with these arguments of {@code main}; a problem is added if
   * its file cannot be read.
   */
  static Configuration of(String[] arguments, List<String> problems) {
    return new Configuration(
        List.of(arguments), System::getProperty, System::getenv, applicationProperties(problems));
  }

  /** {@code --name=value} and {@code --name value}; everything else is the application's own. */
  private static Map<String, String> options(List<String> arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        continue;
      }
      int equals = argument.indexOf('=');
      if (equals > 0) {
        options.put(argument.substring(2, equals), argument.substring(equals + 1));
      } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
        options.put(argument.substring(2), arguments.get(++i));
      } else {
        options.put(argument.substring(2), "");
      }
    }
    return options;
  }

  private static Properties applicationProperties(List<String> problems) {
    Properties properties = new Properties();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    URL url = loader == null ? null : loader.getResource("application.properties");
    if (url != null) {
      try (InputStream in = url.openStream()) {
        properties.load(in);
      } catch (IOException | IllegalArgumentException e) {
        problems.add(url + " cannot be read: " + e.getMessage());
      }
    }
    return properties;
  }

  /** The value of a setting, such as {@code max-queue-size}. */
  Optional<Value> value(String name) {
    List<Value> candidates = new ArrayList<>();
    add(candidates, arguments.get(name), "--" + name);
    add(candidates, properties.apply(PREFIX + name), "-D" + PREFIX + name);
    String variable = (PREFIX + name).toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    add(candidates, environment.apply(variable), variable);
    if (name.equals("port")) {
      add(candidates, environment.apply("PORT"), "PORT"); // what hosting platforms set
    }
    add(candidates, file.getProperty(PREFIX + name), PREFIX + name + " in application.properties");
    return candidates.stream().findFirst();
  }

  private static void add(List<Value> values, @Nullable String text, String source) {
    if (text != null) {
      values.add(new Value(text.strip(), source));
    }
  }
}
