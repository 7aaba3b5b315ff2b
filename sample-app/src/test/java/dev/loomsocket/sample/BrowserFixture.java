package dev.loomsocket.sample;

import dev.loomsocket.App;
import dev.loomsocket.RunningApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * The app and a real browser for each test. Without a Chromium the tests are skipped, and say so;
 * they fail instead where the environment has {@code LOOMSOCKET_REQUIRE_CHROMIUM=true}.
 */
abstract class BrowserFixture {
  static final Path SCREENSHOTS = Path.of("target", "screenshots");

  static Chromium chromium;

  RunningApp app;

  @BeforeAll
  static void startBrowser() throws IOException {
    Optional<Path> browser = Chromium.find();
    if (browser.isEmpty()) {
      String reason = "no Chromium in PATH or CHROMIUM: no page was tested";
      if ("true".equals(System.getenv("LOOMSOCKET_REQUIRE_CHROMIUM"))) {
        Assertions.fail(reason);
      }
      System.out.println("SKIPPED: " + reason);
      Assumptions.abort(reason);
    }
    chromium = new Chromium(browser.get());
  }

  @AfterAll
  static void stopBrowser() throws IOException {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void startApp() {
    app = building().port(0).start();
  }

  /** The app that is tested. */
  App building() {
    return Main.app();
  }

  @AfterEach
  void stopApp() {
    chromium.closePages();
    app.close();
  }

  /** A page whose visitor has joined the lobby. */
  Page join(String name) {
    Page page = chromium.open(app.uri().resolve("/#lobby"));
    page.fill("#name", name);
    page.press("Enter");
    page.until("document.querySelector('#state').dataset.state === 'open'");
    page.until("document.querySelector('#names li')");
    return page;
  }

  /** Types a line, sends it with Enter and waits until the server has confirmed it. */
  static void say(Page page, String text) {
    page.fill("#text", text);
    page.press("Enter");
    page.untilShown("#log .line", text);
  }

  /** The id of the element that has the keyboard. */
  static String focused(Page page) {
    return page.eval("document.activeElement.id").asString();
  }
}
