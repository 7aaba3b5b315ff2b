package dev.loomsocket.browser;

import dev.loomsocket.App;
import dev.loomsocket.RunningApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * The app for each test, and a real browser for all of them. Without a Chromium the tests are
 * skipped, and say so; they fail instead where the environment has {@code
 * LOOMSOCKET_REQUIRE_CHROMIUM=true}.
 */
public abstract class BrowserFixture {
  public static final Path SCREENSHOTS = Path.of("target", "screenshots");

  public static Chromium chromium;

  public RunningApp app;

  @BeforeAll
  public static void startBrowser() throws IOException {
    if (chromium != null) {
      return; // that of the class before: pages have nothing in common
    }
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
    Runtime.getRuntime().addShutdownHook(new Thread(BrowserFixture::stopBrowser));
  }

  private static void stopBrowser() {
    try {
      chromium.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
