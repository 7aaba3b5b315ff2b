package dev.loomsocket.browser;

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
public abstract class BrowserFixture {
  public static final Path SCREENSHOTS = Path.of("target", "screenshots");

  public static Chromium chromium;

  public RunningApp app;

  @BeforeAll
  public static void startBrowser() throws IOException {
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
  public static void stopBrowser() throws IOException {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  public void startApp() {
    app = building().port(0).start();
  }

  /** The app that is tested. */
  public abstract App building();

  @AfterEach
  public void stopApp() {
    chromium.closePages();
    app.close();
  }
}
