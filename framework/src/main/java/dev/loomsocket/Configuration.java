package dev.loomsocket;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a setting's value comes from, the first that has it: {@code --max-queue-size=…} on the
 * command line, the system property {@code loomsocket.max-queue-size}, the environment variable
 * {@code LOOMSOCKET_MAX_QUEUE_SIZE}, and {@code loomsocket.max-queue-size} in {@code
 * application.properties} on the class path. Immutable.
 */
final class Configuration {
  private static final String PREFIX = "loomsocket.";
  private static final String VARIABLE_PREFIX = "LOOMSOCKET_";
  private static final String IN_FILE = " in application.properties";

  private final Map<String, String> arguments;
  private final Map<String, String> properties;
  private final Map<String, String> environment;
  private final Properties file;

  /** A value and what a person has to change to change it. */
  record Value(String text, String source) {}

  Configuration(
      List<String> arguments,
      Map<String, String> properties,
      Map<String, String> environment,
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
        List.of(arguments),
        strings(System.getProperties()),
        System.getenv(),
        applicationProperties(problems));
  }

  private static Map<String, String> strings(Properties properties) {
    Map<String, String> strings = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> strings.put(name, properties.getProperty(name, "")));
    return strings;
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

  /** The value of a setting and where it comes from. */
  Optional<Value> value(Setting setting) {
    String name = setting.toString();
    List<Value> candidates = new ArrayList<>();
    add(candidates, arguments.get(name), "--" + name);
    add(candidates, properties.get(PREFIX + name), "-D" + PREFIX + name);
    String variable = VARIABLE_PREFIX + setting.name();
    add(candidates, environment.get(variable), variable);
    if (setting == Setting.PORT) {
      add(candidates, environment.get("PORT"), "PORT"); // what hosting platforms set
    }
    add(candidates, file.getProperty(PREFIX + name), PREFIX + name + IN_FILE);
    return candidates.stream().findFirst();
  }

  private static void add(List<Value> values, @Nullable String text, String source) {
    if (text != null) {
      values.add(new Value(text.strip(), source));
    }
  }

  /**
   * A problem for each name that must be a setting and is none. All names under {@code loomsocket.}
   * must; an argument or a variable only if it is near one: the others belong to the application.
   */
  List<String> misspelt() {
    List<String> problems = new ArrayList<>();
    sorted(arguments.keySet(), "").forEach(name -> check(name, "--" + name, false, problems));
    sorted(properties.keySet(), PREFIX)
        .forEach(name -> check(name, "-D" + PREFIX + name, true, problems));
    sorted(environment.keySet(), VARIABLE_PREFIX)
        .forEach(name ->
            check(
                name.toLowerCase(Locale.ROOT).replace('_', '-'),
                VARIABLE_PREFIX + name,
                false,
                problems));
    sorted(file.stringPropertyNames(), PREFIX)
        .forEach(name -> check(name, PREFIX + name + IN_FILE, true, problems));
    return problems;
  }

  private static List<String> sorted(Set<String> names, String prefix) {
    return names.stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .sorted()
        .toList();
  }

  private static void check(String name, String source, boolean ours, List<String> problems) {
    if (Setting.isKnown(name)) {
      return;
    }
    Optional<Setting> near = Setting.near(name);
    if (near.isPresent()) {
      problems.add("There is no setting " + source + ": did you mean " + near.get() + "?");
    } else if (ours) {
      problems.add("There is no setting " + source + ": --help lists them all.");
    }
  }
}
