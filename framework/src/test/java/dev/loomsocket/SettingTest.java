package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
  @ParameterizedTest
  @CsvSource({
    "prot,            PORT",
    "pot,             PORT",
    "ports,           PORT",
    "hosts,           HOST",
    "maxMessageSize,  MAX_MESSAGE_SIZE",
    "max_message_size, MAX_MESSAGE_SIZE",
    "max-mesage-sise, MAX_MESSAGE_SIZE",
    "keepalive,       KEEP_ALIVE",
    "idle-timeuot,    IDLE_TIMEOUT",
  })
  void aNameThatIsNearlyRightIsNearASetting(String name, Setting setting) {
    assertEquals(Optional.of(setting), Setting.near(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sort", "report", "home", "help", "max-size", "require-chromium"})
  void otherNamesAreNearNone(String name) {
    assertEquals(Optional.empty(), Setting.near(name));
  }

  @Test
  void helpNamesEverySettingWithItsDefaultOnALineOfItsOwn() {
    List<String> help = Setting.help();
    for (Setting setting : Setting.values()) {
      String value = setting.standard().isEmpty() ? "" : "=" + setting.standard();
      String start = "  --" + setting + value + " ";
      assertEquals(1, help.stream().filter(line -> line.startsWith(start)).count(), start);
    }
    assertTrue(
        help.contains("  --port=8080                 the port to listen on; 0 takes a free one"));
    assertTrue(help.stream().allMatch(line -> line.length() <= 100));
  }
}
