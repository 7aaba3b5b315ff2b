package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.server.CookieSettings;
import dev.loomsocket.server.ServerSettings;
import dev.loomsocket.session.SessionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private final List<String> problems = new ArrayList<>();

  private Settings settings(String... arguments) {
    return Settings.of(
        new Configuration(List.of(arguments), Map.of(), Map.of(), new Properties()), problems);
  }

  @Test
  void everythingHasADefault() {
    Settings settings = settings();
    assertEquals("127.0.0.1", settings.host());
    assertEquals(8080, settings.port());
    assertEquals(SessionSettings.DEFAULT, settings.session());
    assertTrue(settings.server().maxConnections() > 0);
    assertEquals(ServerSettings.DEFAULT.maxBodySize(), settings.server().maxBodySize());
    assertEquals(Duration.ofSeconds(10), settings.server().headTimeout());
    assertEquals(Duration.ofSeconds(60), settings.server().keepAlive());
    assertEquals(Duration.ofSeconds(10), settings.server().stopTimeout());
    assertEquals(List.of(), problems);
  }

  @Test
  void everySettingHasItsPlace() {
    Settings settings =
        settings(
            "--host=0.0.0.0",
            "--port=0",
            "--max-connections=1",
            "--max-body-size=2",
            "--head-timeout=3",
            "--keep-alive=4",
            "--send-timeout=5",
            "--close-timeout=6",
            "--stop-timeout=7",
            "--max-message-size=8",
            "--max-queue-size=9",
            "--ping-after=10",
            "--pong-within=11",
            "--idle-timeout=12",
            "--session-key=0123456789abcdef0123456789abcdef, 32 characters are enough for one",
            "--session-lifetime=13",
            "--session-secure=true",
            "--allowed-origins=https://a.example.com, http://b.example.com:8080");
    assertEquals(
        new Settings(
            "0.0.0.0",
            0,
            new ServerSettings(1, 2, seconds(3), seconds(4), seconds(5), seconds(6), seconds(7)),
            new SessionSettings(
                8,
                Long.MAX_VALUE,
                9,
                seconds(5),
                seconds(10),
                seconds(11),
                seconds(12),
                seconds(6),
                SessionSettings.DEFAULT.overflow(),
                Set.of("https://a.example.com", "http://b.example.com:8080"),
                SessionSettings.DEFAULT.compression()),
            new CookieSettings(
                List.of("0123456789abcdef0123456789abcdef", "32 characters are enough for one"),
                seconds(13),
                true)),
        settings);
    assertEquals(List.of(), problems);
  }

  @Test
  void aWeakKeyIsAProblemThatDoesNotTellIt() {
    assertEquals(List.of(), settings("--session-key=hunter2").cookies().keys());
    assertEquals(
        List.of(
            "--session-key is set, but not well; it takes keys of 32 characters or more, with commas"
                + " between them: `openssl rand -base64 32` makes one."),
        problems);
    assertEquals("CookieSettings[0 keys, PT24H, secure=false]", settings().cookies().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"app.example.com", "https://app.example.com/", "https://a.example.com;*", "null"})
  void whatIsNoOriginIsAProblem(String text) {
    assertEquals(Set.of(), settings("--allowed-origins=" + text).session().allowedOrigins());
    assertEquals(
        List.of(
            "--allowed-origins is \""
                + text
                + "\"; it takes origins as browsers send them, with commas between them:"
                + " https://app.example.com."),
        problems);
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "1,        1",
    "65536,    65536",
    "64KiB,    65536",
    "64 KiB,   65536",
    "16MiB,    16777216",
    "1GiB,     1073741824",
    "2147483647, 2147483647",
  })
  void sizesAreBytesOrHaveAUnit(String text, int bytes) {
    assertEquals(bytes, settings("--max-body-size=" + text).server().maxBodySize());
    assertEquals(List.of(), problems);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "x",
        "1.5MiB",
        "16MB",
        "16mib",
        "2GiB",
        "2147483648",
        "KiB",
        "99999999999999999999",
        "9999999999GiB"
      })
  void otherSizesAreProblems(String text) {
    assertEquals(1 << 20, settings("--max-body-size=" + text).server().maxBodySize());
    assertEquals(
        List.of(
            "--max-body-size is \""
                + text
                + "\"; it takes a size such as 65536, 64KiB or 16MiB, below 2 GiB."),
        problems);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000",
    "500ms, 500",
    "30s, 30000",
    "30 s, 30000",
    "2m, 120000",
    "8760h, 31536000000"
  })
  void timesAreSecondsOrHaveAUnit(String text, long milliseconds) {
    assertEquals(
        Duration.ofMillis(milliseconds), settings("--keep-alive=" + text).server().keepAlive());
    assertEquals(List.of(), problems);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0ms",
        "-1",
        "soon",
        "1.5s",
        "1d",
        "8761h",
        "9223372036854775807h",
        "99999999999999999999"
      })
  void otherTimesAreProblems(String text) {
    assertEquals(seconds(60), settings("--keep-alive=" + text).server().keepAlive());
    assertEquals(
        List.of(
            "--keep-alive is \""
                + text
                + "\"; it takes a time such as 500ms, 30s or 2m, up to a year."),
        problems);
  }

  @Test
  void pingsAndTheIdleTimeoutMayBeOff() {
    assertEquals(Duration.ZERO, settings("--ping-after=0").session().pingAfter());
    assertEquals(Duration.ZERO, settings("--idle-timeout=0").session().idleTimeout());
    assertEquals(List.of(), problems);
  }

  @ParameterizedTest
  @CsvSource({
    "port,            65536, 0 to 65535",
    "port,            -1,    0 to 65535",
    "port,            http,  0 to 65535",
    "max-connections, 0,     1 or more",
    "idle-timeout,    -1,    'a time such as 500ms, 30s or 2m, up to a year, or 0 for none'",
    "ping-after,      x,     'a time such as 500ms, 30s or 2m, up to a year, or 0 for none'",
    "host,            '',    an address",
  })
  void whatMakesNoSenseIsAProblemThatSaysWhatDoes(String name, String text, String allowed) {
    settings("--" + name + "=" + text);
    assertEquals(
        List.of("--" + name + " is \"" + text + "\"; it takes " + allowed + "."), problems);
  }

  @Test
  void allProblemsAreFound() {
    settings("--port=x", "--max-queue-size=x", "--ping-after=x");
    assertEquals(3, problems.size());
  }

  @Test
  void aMisspeltNameIsAProblemToo() {
    settings("--prot=1");
    assertEquals(List.of("There is no setting --prot: did you mean port?"), problems);
  }

  @Test
  void theDefaultsThatHelpTellsAreTheDefaults() {
    String[] told =
        Arrays.stream(Setting.values())
            .filter(setting -> !setting.standard().isEmpty())
            .map(setting -> "--" + setting + "=" + setting.standard())
            .toArray(String[]::new);
    assertEquals(settings(), settings(told));
    assertEquals(List.of(), problems);
  }
}
