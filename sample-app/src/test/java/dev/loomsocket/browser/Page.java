package dev.loomsocket.browser;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One page of a {@link Chromium}, used as a person uses it: looking, typing, clicking. */
public final class Page {
  /** How many pages one wait may see. */
  private static final int MOST_PAGES = 5;

  private final DevTools devTools;
  private final String context;
  private final String target;
  private final String session;

  Page(DevTools devTools, String context, String target, String session) {
    this.devTools = devTools;
    this.context = context;
    this.target = target;
    this.session = session;
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
  }

  /** Whose cookies and storage it uses. */
  String context() {
    return context;
  }

  /** Loads an address and waits until the page stands. */
  public void go(URI address) {
    call("Page.navigate", Map.of("url", address.toString()));
    until("document.readyState === 'complete'");
  }

  /**
   * Leaves the page for another one and comes back: a new document, and what the tab has stored.
   */
  public void comeBack() {
    URI address = URI.create(eval("location.href").asString());
    go(URI.create("about:blank"));
    go(address);
  }

  /** The value of a JavaScript expression; a promise is awaited. */
  public JsonNode eval(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of(
                "expression",
                expression,
                "awaitPromise",
                true,
                "returnByValue",
                true,
                "userGesture",
                true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(
          expression + ": " + answer.at("/exceptionDetails/exception/description").asString());
    }
    return answer.path("result").path("value");
  }

  /**
   * Waits until an expression is true; the page itself looks, every few milliseconds, and where it
   * is left meanwhile, the next one.
   */
  public void until(String expression) {
    for (int page = 1; ; page++) {
      try {
        look(expression);
        return;
      } catch (AssertionError e) {
        if (page == MOST_PAGES || !e.getMessage().contains("navigated")) {
          throw e;
        }
      }
    }
  }

  private void look(String expression) {
    eval(
        """
        new Promise((done, fail) => {
          const end = performance.now() + 20000;
          (function look() {
            let met = false, error = "";
            try { met = %s; } catch (e) { error = e; }
            if (met) done();
            else if (performance.now() < end) setTimeout(look, 10);
            else fail(new Error(`not true in time ${error}; the page shows: ${document.body.innerText}`));
          })();
        })\
        """
            .formatted(expression));
  }

  /** The text that a person sees of the first such element; empty if there is none. */
  public String text(String selector) {
    return eval("document.querySelector(%s)?.innerText ?? ''".formatted(quoted(selector)))
        .asString();
  }

  /** How many such elements there are. */
  public int count(String selector) {
    return eval("document.querySelectorAll(%s).length".formatted(quoted(selector))).asInt();
  }

  /** Waits until such an element shows exactly this text. */
  public void untilShown(String selector, String text) {
    until(
        "[...document.querySelectorAll(%s)].some(e => e.innerText === %s)"
            .formatted(quoted(selector), quoted(text)));
  }

  /** Types into the element that has the focus. */
  public void type(String text) {
    call("Input.insertText", Map.of("text", text));
  }

  /** Puts a text in the place of a field's text. */
  public void fill(String selector, String text) {
    eval(
        "(e => { e.focus(); e.select(); })(document.querySelector(%s))"
            .formatted(quoted(selector)));
    type(text);
  }

  /** Presses a key: {@code Enter}, {@code Escape} or {@code Tab}. */
  public void press(String key) {
    int code = Map.of("Tab", 9, "Enter", 13, "Escape", 27).get(key);
    String text = key.equals("Enter") ? "\r" : "";
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type", type, "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text));
    }
  }

  /** Clicks with the mouse in the middle of an element. */
  public void click(String selector) {
    click(selector, 1);
  }

  /** Clicks twice, fast. */
  public void doubleClick(String selector) {
    click(selector, 1);
    click(selector, 2);
  }

  /**
   * One press of the mouse.
   *
   * @param count how many there have been in a row
   */
  private void click(String selector, int count) {
    eval(
        "document.querySelector(%s).scrollIntoView({ block: 'center' })"
            .formatted(quoted(selector)));
    JsonNode box =
        eval(
            "document.querySelector(%s).getBoundingClientRect().toJSON()"
                .formatted(quoted(selector)));
    double x = box.path("x").asDouble() + box.path("width").asDouble() / 2;
    double y = box.path("y").asDouble() + box.path("height").asDouble() / 2;
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          Map.of("type", type, "button", "left", "clickCount", count, "x", x, "y", y));
    }
  }

  /** Chooses a file of this machine in a field for files. */
  public void choose(String selector, Path file) {
    int root = call("DOM.getDocument", Map.of()).at("/root/nodeId").asInt();
    int field =
        call("DOM.querySelector", Map.of("nodeId", root, "selector", selector))
            .path("nodeId")
            .asInt();
    call(
        "DOM.setFileInputFiles",
        Map.of("nodeId", field, "files", List.of(file.toAbsolutePath().toString())));
  }

  /** Gives the page a size in CSS pixels. */
  public void resize(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", false));
  }

  /** Shows the page as to a person who prefers {@code light} or {@code dark}. */
  public void prefer(String scheme) {
    Map<String, ?> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    call("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  /** Saves a picture of what is seen, when what moves has come to rest. */
  public void screenshot(Path file) throws IOException {
    eval(
        "Promise.all(document.getAnimations().filter(a => a.effect.getTiming().iterations < 9).map(a => a.finished))");
    String picture =
        call("Page.captureScreenshot", Map.of("format", "png")).path("data").asString();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(picture));
  }

  /**
   * Uncaught exceptions and errors in the console, refusals of the Content-Security-Policy among
   * them.
   */
  public List<String> problems() {
    return devTools.events(session).stream()
        .filter(event ->
            event.method().equals("Runtime.exceptionThrown")
                || event.params().at("/entry/level").asString("").equals("error"))
        .map(event -> event.params().toString())
        .toList();
  }

  /** Closes the page as a person closes a tab. */
  public void close() {
    devTools.call("Target.closeTarget", Map.of("targetId", target));
  }

  private JsonNode call(String method, Map<String, ?> params) {
    return devTools.call(session, method, params);
  }

  /** A JavaScript string with that text. */
  public static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
  }
}
