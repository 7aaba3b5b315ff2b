package dev.loomsocket.fuzz;

import dev.loomsocket.http.PathsFuzz;
import dev.loomsocket.json.JsonFuzz;
import dev.loomsocket.server.RequestsFuzz;
import dev.loomsocket.wire.DeflateFuzz;
import dev.loomsocket.wire.FramesFuzz;
import dev.loomsocket.wire.HandshakeFuzz;
import dev.loomsocket.wire.InflateFuzz;
import dev.loomsocket.wire.MessagesFuzz;
import dev.loomsocket.wire.TextFuzz;
import java.util.Locale;
import java.util.function.Consumer;

/** What is fuzzed: each takes any bytes, and throws if something that should hold does not. */
enum Target {
  FRAMES(FramesFuzz.class, FramesFuzz::fuzzerTestOneInput),
  TEXT(TextFuzz.class, TextFuzz::fuzzerTestOneInput),
  MESSAGES(MessagesFuzz.class, MessagesFuzz::fuzzerTestOneInput),
  INFLATE(InflateFuzz.class, InflateFuzz::fuzzerTestOneInput),
  DEFLATE(DeflateFuzz.class, DeflateFuzz::fuzzerTestOneInput),
  HANDSHAKE(HandshakeFuzz.class, HandshakeFuzz::fuzzerTestOneInput),
  REQUESTS(RequestsFuzz.class, RequestsFuzz::fuzzerTestOneInput),
  PATHS(PathsFuzz.class, PathsFuzz::fuzzerTestOneInput),
  JSON(JsonFuzz.class, JsonFuzz::fuzzerTestOneInput);

  private final Class<?> type;
  private final Consumer<byte[]> action;

  Target(Class<?> type, Consumer<byte[]> action) {
    this.type = type;
    this.action = action;
  }

  /** The class whose fuzzerTestOneInput Jazzer calls. */
  Class<?> type() {
    return type;
  }

  /** Runs it with one input. */
  void run(byte[] input) {
    action.accept(input);
  }

  /** Its name in file names and commands. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
