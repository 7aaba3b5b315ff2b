package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

  private static Configuration configuration(
      List<String> arguments,
      Map<String, String> properties,
      Map<String, String> environment,
      Map<String, String> file) {
    Properties inFile = new Properties();
    inFile.putAll(file);
    return new Configuration(arguments, properties::get, environment::get, inFile);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          # argument | -D | LOOMSOCKET_PORT | PORT | file | value | where it comes from
          1 | 2 | 3 | 4 | 5 | 1 | --port
            | 2 | 3 | 4 | 5 | 2 | -Dloomsocket.port
            |   | 3 | 4 | 5 | 3 | LOOMSOCKET_PORT
            |   |   | 4 | 5 | 4 | PORT
            |   |   |   | 5 | 5 | loomsocket.port in application.properties
          """)
  void theFirstPlaceThatHasASettingWins(
      String argument,
      String property,
      String variable,
      String port,
      String file,
      String value,
      String source) {
    Map<String, String> environment = new HashMap<>();
    put(environment, "LOOMSOCKET_PORT", variable);
    put(environment, "PORT", port);
    Configuration configuration =
        configuration(
            argument == null ? List.of() : List.of("--port=" + argument),
            property == null ? Map.of() : Map.of("loomsocket.port", property),
            environment,
            Map.of("loomsocket.port", file));
    assertEquals(new Configuration.Value(value, source), configuration.value("port").orElseThrow());
  }

  private static void put(Map<String, String> map, String name, String value) {
    if (value != null) {
      map.put(name, value);
    }
  }

  @Test
  void whatNobodySetsIsAbsent() {
    assertTrue(configuration(List.of(), Map.of(), Map.of(), Map.of()).value("port").isEmpty());
  }

  @Test
  void onlyThePortHasAShortVariable() {
    Configuration configuration =
        configuration(List.of(), Map.of(), Map.of("HOST", "x", "PORT", "1"), Map.of());
    assertTrue(configuration.value("host").isEmpty());
  }

  @Test
  void variablesAreNamedInCapitalsWithUnderscores() {
    Configuration configuration =
        configuration(
            List.of(), Map.of(), Map.of("LOOMSOCKET_MAX_QUEUE_SIZE", " 64KiB "), Map.of());
    assertEquals(
        new Configuration.Value("64KiB", "LOOMSOCKET_MAX_QUEUE_SIZE"),
        configuration.value("max-queue-size").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "--port=9000           | 9000",
        "--port 9000           | 9000",
        "--port=1 --port=2     | 2",
        "--quiet --port 9000   | 9000",
        "file --port 9000 file | 9000",
        "--port -1             | -1",
        "--port=a=b            | a=b",
        "--port                | ''",
        "--port --quiet        | ''",
      })
  void argumentsAreNamesAndValues(String arguments, String port) {
    Configuration configuration =
        configuration(List.of(arguments.split(" ")), Map.of(), Map.of(), Map.of());
    assertEquals(port, configuration.value("port").orElseThrow().text());
  }

  @Test
  void theFileIsFoundOnTheClassPath(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("application.properties"),
        "loomsocket.max-body-size = 2MiB\nother = 1\n");
    List<String> problems = new ArrayList<>();
    Configuration configuration = withClassPath(directory, problems);
    assertEquals("2MiB", configuration.value("max-body-size").orElseThrow().text());
    assertEquals(List.of(), problems);
  }

  @Test
  void aFileThatCannotBeReadIsAProblemLikeOthers(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("application.properties"), "broken = \\u12");
    List<String> problems = new ArrayList<>();
    assertTrue(withClassPath(directory, problems).value("broken").isEmpty());
    assertEquals(1, problems.size());
    assertTrue(problems.getFirst().contains("application.properties cannot be read: "));
  }

  private static Configuration withClassPath(Path directory, List<String> problems)
      throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      thread.setContextClassLoader(loader);
      return Configuration.of(new String[0], problems);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
