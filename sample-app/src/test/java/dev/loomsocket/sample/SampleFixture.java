package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.App;
import dev.loomsocket.browser.BrowserFixture;
import dev.loomsocket.browser.Page;
import java.io.IOException;
import java.util.List;

/** The sample app in a real browser. */
abstract class SampleFixture extends BrowserFixture {
  @Override
  public App building() {
    return Main.app();
  }

  /** The page at a path, for a visitor of its own. */
  Page open(String path) {
    return chromium.open(app.uri().resolve(path));
  }

  /**
   * Keeps pictures of a page, light on a desk and dark on a phone, where it has to fit; nothing may
   * have gone wrong until now.
   */
  static void look(Page page, String name) throws IOException {
    page.resize(900, 720);
    page.screenshot(SCREENSHOTS.resolve(name + ".png"));
    page.resize(360, 720);
    page.prefer("dark");
    page.screenshot(SCREENSHOTS.resolve(name + "-phone-dark.png"));
    assertTrue(page.eval("document.documentElement.scrollWidth <= innerWidth").asBoolean());
    assertEquals(List.of(), page.problems());
  }
}
