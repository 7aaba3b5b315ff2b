package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotifyPageIT extends SampleFixture {
  private static final String NEWS = "有新工单到来,请及时处理!";
  private static final String NEWS_IN_ENGLISH =
      "A new work order has come in: please see to it soon!";

  private final Semaphore listening = new Semaphore(0);

  @BeforeEach
  void watch() {
    app.room(Notify.PATH).onJoin(presence -> listening.release());
  }

  @Test
  void aPlainRequestReachesEveryOpenPage() throws IOException, InterruptedException {
    Page page = open("/notify.html");
    Page menu = open("/");
    assertTrue(listening.tryAcquire(2, 20, TimeUnit.SECONDS));
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(app.uri().resolve("/notify")).build();
      assertEquals("消息已推送", client.send(request, BodyHandlers.ofString()).body());
    }
    page.untilShown("#log li", NEWS);
    menu.untilShown(".toast p", NEWS);
    menu.untilShown(".toast p", NEWS_IN_ENGLISH);
    page.untilShown("#log .note", NEWS_IN_ENGLISH);
    menu.screenshot(SCREENSHOTS.resolve("menu-notified.png"));
    menu.click(".toast button");
    assertEquals(0, menu.count(".toast"));
  }

  @Test
  void thePageItselfCanDoIt() throws IOException, InterruptedException {
    Page page = open("/notify.html");
    assertTrue(listening.tryAcquire(20, TimeUnit.SECONDS));
    page.click("#notify");
    page.untilShown("#log .note", "GET /notify: 消息已推送");
    page.untilShown(".toast p", NEWS);
    look(page, "notify");
  }

  @Test
  void whoFollowsTheLinkGetsAPage() throws InterruptedException {
    Page other = open("/");
    assertTrue(listening.tryAcquire(20, TimeUnit.SECONDS));
    Page page = open("/notify");
    assertEquals("消息已推送", page.text("h1"));
    assertEquals("The message was pushed.", page.text(".lead"));
    other.untilShown(".toast p", NEWS);
  }
}
