package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PinTest {
  private static final List<StackTraceElement> BELOW =
      List.of(
          ours("binding.Invoker", "call"),
          ours("session.FrameLoop", "advance"),
          jdk("java.lang.VirtualThread"));

  private static StackTraceElement jdk(String type) {
    return new StackTraceElement(null, "java.base", "21", type, "run", "JDK.java", 1);
  }

  private static StackTraceElement ours(String type, String method) {
    return call("dev.loomsocket." + type, method);
  }

  private static StackTraceElement call(String type, String method) {
    return new StackTraceElement(type, method, "A.java", 7);
  }

  private static Pin pin(StackTraceElement... calls) {
    List<StackTraceElement> stack = new ArrayList<>(List.of(calls));
    stack.addAll(BELOW);
    return Pin.of(stack);
  }

  private static void assertTold(String start, Pin pin) {
    assertTrue(pin.description().startsWith(start + ". Before Java 24 "), pin.description());
  }

  @Test
  void theHandlerAndThePlaceAreNamed() {
    Pin pin =
        pin(
            jdk("java.lang.Thread"),
            call("old.Driver", "ask"),
            jdk("x.Y"),
            call("app.Chat", "line"));
    assertEquals("old.Driver.ask(A.java:7)", pin.place());
    assertTold(
        "app.Chat.line(A.java:7) blocks inside synchronized (or native code), at"
            + " old.Driver.ask(A.java:7)",
        pin);
  }

  @Test
  void aHandlerThatBlocksItselfIsNamedOnce() {
    Pin pin = pin(jdk("java.lang.Thread"), call("app.Chat", "line"));
    assertEquals("app.Chat.line(A.java:7)", pin.place());
    assertTold("app.Chat.line(A.java:7) blocks inside synchronized (or native code)", pin);
  }

  @Test
  void whatBlocksInOurCodeIsNamedToo() {
    assertTold(
        "app.Chat.line(A.java:7) blocks inside synchronized (or native code), at"
            + " dev.loomsocket.http.StaticFiles.find(A.java:7)",
        pin(ours("http.StaticFiles", "find"), call("app.Chat", "line")));
    assertTold(
        "dev.loomsocket.binding.Invoker.call(A.java:7) blocks inside synchronized (or native code)",
        pin(jdk("java.lang.Thread")));
  }

  @Test
  void examplesInOurNameAreHandlers() {
    assertTold(
        "dev.loomsocket.sample.Chat.line(A.java:7) blocks inside synchronized (or native code)",
        pin(ours("sample.Chat", "line")));
    assertTold(
        "dev.loomsocket.Chat.line(A.java:7) blocks inside synchronized (or native code)",
        pin(ours("Chat", "line")));
  }

  @Test
  void aStackWithoutAnyOfThatIsTheJdks() {
    assertTold(
        "the JDK's code blocks inside synchronized (or native code)",
        Pin.of(List.of(jdk("java.lang.Thread"))));
  }
}
