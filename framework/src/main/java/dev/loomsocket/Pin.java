package dev.loomsocket;

import java.util.List;
import java.util.Set;

/**
 * A virtual thread that blocks where it cannot leave its carrier.
 *
 * @param place where it blocks, as a line of the code that is not the JDK's
 * @param description what a user is told
 */
record Pin(String place, String description) {
  private static final String ROOT = "dev.loomsocket.";

  /** Packages of ours in whose code no handler is. */
  private static final Set<String> OURS =
      Set.of("binding", "http", "json", "net", "server", "session", "websocket", "wire");

  private static final String CONSEQUENCE =
      " Before Java 24 it holds one of the few platform threads meanwhile on which all virtual"
          + " threads run. Use a java.util.concurrent.locks.ReentrantLock there, or Java 24 or newer.";

  /**
   * Names the handler, which is the oldest call into code that is neither the JDK's nor ours, and
   * the place.
   *
   * @param calls the thread's stack, the newest call first
   */
  static Pin of(List<StackTraceElement> calls) {
    String place =
        calls.stream()
            .filter(call -> !isJdk(call))
            .findFirst()
            .map(StackTraceElement::toString)
            .orElse("the JDK's code");
    String handler =
        calls.stream()
            .filter(call -> !isJdk(call) && !isOurs(call))
            .reduce((newer, older) -> older)
            .map(StackTraceElement::toString)
            .orElse(place);
    String where = handler.equals(place) ? "" : ", at " + place;
    String text = handler + " blocks inside synchronized (or native code)" + where + ".";
    return new Pin(place, text + CONSEQUENCE);
  }

  /** Of a thread of whose stack nothing is known. */
  static Pin unknown() {
    return new Pin(
        "",
        "A virtual thread that serves no connection blocks inside synchronized (or native code)."
            + CONSEQUENCE
            + " A recording (java -XX:StartFlightRecording) has the place: jdk.VirtualThreadPinned.");
  }

  private static boolean isJdk(StackTraceElement call) {
    String module = call.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }

  private static boolean isOurs(StackTraceElement call) {
    String name = call.getClassName();
    int end = name.indexOf('.', ROOT.length());
    return name.startsWith(ROOT) && end > 0 && OURS.contains(name.substring(ROOT.length(), end));
  }
}
