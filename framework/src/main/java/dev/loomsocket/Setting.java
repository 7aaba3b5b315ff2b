package dev.loomsocket;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be set from outside of the code. */
enum Setting {
  HOST("127.0.0.1", "the address to listen on; 0.0.0.0 is every one of the machine"),
  PORT("8080", "the port to listen on; 0 takes a free one"),
  MAX_CONNECTIONS("", "connections; 90 % of the limit of open files, one for 16 KiB of heap"),
  MAX_MESSAGE_SIZE("1MiB", "the largest message"),
  MAX_QUEUE_SIZE("1MiB", "what may wait for one client"),
  SEND_TIMEOUT("10s", "how long a client may take nothing of what waits for it"),
  PING_AFTER("25s", "silence after which a client is sent a Ping; 0 for never"),
  PONG_WITHIN("20s", "how long it may take to answer"),
  IDLE_TIMEOUT("0", "how long a client may send no message; 0 for ever"),
  CLOSE_TIMEOUT("5s", "how long a client may take to answer a Close"),
  MAX_BODY_SIZE("1MiB", "the largest body of a request"),
  HEAD_TIMEOUT("10s", "how long the head of a request may take"),
  KEEP_ALIVE("60s", "how long a connection may wait for its next request"),
  SESSION_KEY("", "32 characters or more that sign sessions; more with commas, to rotate"),
  SESSION_LIFETIME("24h", "how long a session lives that is not used"),
  SESSION_SECURE("false", "true if browsers come over TLS, and sessions only so"),
  ALLOWED_ORIGINS("", "whose pages may open WebSockets, too: https://app.example.com,…"),
  STOP_TIMEOUT("10s", "how long stopping may take, all in all");

  private static final int MOST_MISTAKES = 2;
  private static final int LETTERS_FOR_A_MISTAKE = 3; // in four letters two would fit any word

  private final String standard;
  private final String meaning;

  Setting(String standard, String meaning) {
    this.standard = standard;
    this.meaning = meaning;
  }

  /** Its name as it is written behind {@code --}: {@code max-queue-size}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What holds if nobody sets it, as one would write it; empty if that depends on the machine. */
  String standard() {
    return standard;
  }

  /** What {@code --help} prints: all of them, and how to write them. */
  static List<String> help() {
    StringBuilder help = new StringBuilder("Settings of the server and what holds without them:\n");
    for (Setting setting : values()) {
      String value = setting.standard.isEmpty() ? "" : "=" + setting.standard;
      help.append("  %-26s  %s\n".formatted("--" + setting + value, setting.meaning));
    }
    help.append(
        """
        Sizes are bytes, or have a unit: KiB, MiB, GiB. Times are seconds, or have one: ms, s, m, h.
        Instead of --port=9000 there may be -Dloomsocket.port=9000 for java, LOOMSOCKET_PORT=9000 in the
        environment, or loomsocket.port=9000 in application.properties on the class path.\
        """);
    return help.toString().lines().toList();
  }

  /** The setting that this name, which is none, was most likely meant to be. */
  static Optional<Setting> near(String name) {
    String letters = letters(name);
    return Arrays.stream(values())
        .filter(setting -> isNear(letters, letters(setting.toString())))
        .findFirst();
  }

  static boolean isKnown(String name) {
    return Arrays.stream(values()).anyMatch(setting -> setting.toString().equals(name));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
  }

  /** An application's own {@code --sort} is not meant to be the port: the first letter is right. */
  private static boolean isNear(String letters, String known) {
    int allowed = Math.min(MOST_MISTAKES, known.length() / LETTERS_FOR_A_MISTAKE);
    return letters.startsWith(known.substring(0, 1)) && mistakes(letters, known) <= allowed;
  }

  /** Letters that are missing, too many, wrong, or swapped with the next one. */
  private static int mistakes(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + wrong, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
