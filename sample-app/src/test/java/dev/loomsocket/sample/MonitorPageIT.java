package dev.loomsocket.sample;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MonitorPageIT extends SampleFixture {
  @Test
  void theNumbersOfTheServerMove() throws IOException {
    Page page = open("/monitor.html");
    page.untilShown("#sessions", "2"); // its own, and that for notices
    page.eval(
        """
        ws = new WebSocket("ws://" + location.host + "/echo");
        ws.onmessage = () => ws.send("again");
        ws.onopen = () => ws.send("first");
        0\
        """);
    page.untilShown("#sessions", "3");
    page.until("Number(document.querySelector('#received').innerText.replaceAll(',', '')) > 10");
    page.until("Number(document.querySelector('#sent').innerText.replaceAll(',', '')) > 10");
    page.until("Number(document.querySelector('#rooms').innerText) >= 2");
    page.until("document.querySelector('#heap-chart polyline').points.length > 2");
    page.until("/^\\d+\u00a0s$/.test(document.querySelector('#since').innerText)");
    page.until(points() + "[0].x === 0 && " + points() + ".at(-1).x > 99");
    page.eval("ws.close()");
    page.untilShown("#sessions", "2");
    look(page, "monitor");
  }

  private static String points() {
    return "[...document.querySelector('#heap-chart polyline').points]";
  }
}
