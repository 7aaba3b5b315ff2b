package dev.loomsocket.browser;

import dev.loomsocket.App;
import dev.loomsocket.Loomsocket;
import dev.loomsocket.http.Response;
import org.junit.jupiter.api.BeforeEach;

/** A page that has loaded {@code /loomsocket.js}, and the endpoint that it connects to. */
abstract class ScriptFixture extends BrowserFixture {
  private static final String PAGE =
      """
      <!doctype html>
      <title>A page with the script</title>
      <link rel="icon" href="data:,">
      <script type="module">
        import { connect, ConnectionError } from "/loomsocket.js";
        Object.assign(window, { connect, ConnectionError, quick: { firstDelay: 5, longestDelay: 5 } });
      </script>
      """;

  final Counterpart.All counterparts = new Counterpart.All();
  Page page;

  @Override
  public App building() {
    return Loomsocket.app()
        .endpoint(Counterpart.class)
        .add(counterparts)
        .get("/", request -> Response.html(PAGE));
  }

  @BeforeEach
  void openPage() {
    page = chromium.open(app.uri());
    page.until("window.connect");
  }

  /** Connects the page's {@code socket}, with {@code seen} for what comes and {@code states}. */
  Counterpart connected(String options) throws InterruptedException {
    connect(options);
    Counterpart counterpart = counterparts.next();
    page.until("socket.state === 'open'");
    return counterpart;
  }

  /** The same without waiting for the connection. */
  void connect(String options) {
    page.eval(
        """
        socket = connect("/peer", %s);
        seen = [];
        socket.on("*", message => seen.push(message));
        states = [];
        socket.onState((state, details) => states.push({ state, ...details }));
        0\
        """
            .formatted(options));
  }

  /** The value of an expression as JSON text. */
  String json(String expression) {
    return page.eval("(async () => JSON.stringify(await (%s)))()".formatted(expression)).asString();
  }
}
