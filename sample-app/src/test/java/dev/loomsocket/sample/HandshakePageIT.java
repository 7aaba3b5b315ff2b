package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HandshakePageIT extends SampleFixture {
  @Test
  void theHandshakeIsShownWithItsSum() throws IOException {
    Page page = open("/handshake.html");
    page.click("#connect");
    page.untilShown("#outcome", "The browser agrees: connected 连接成功");
    Accept accept = Accept.of(page.text("#key"), Accept.MAGIC);
    assertEquals(accept.value(), page.text("#accept"));
    assertEquals(accept.sha1(), page.text("#sha1"));
    assertEquals("the same", page.text("#verdict"));
    assertEquals(0, page.count("#magic mark"));
    assertTrue(page.text("#request").contains("Sec-WebSocket-Key: " + accept.key()));
    assertTrue(page.text("#response").contains("Sec-WebSocket-Accept: " + accept.value()));
    look(page, "handshake");
  }

  @Test
  void theBrowserRefusesAWrongMagicString() throws IOException {
    Page page = open("/handshake.html");
    page.click("#break");
    page.untilShown("#outcome", "The browser refuses: 连接失败");
    assertEquals("258EAFA5-E914-47DA-95CA-C5AB0DC85B12", page.text("#magic"));
    assertEquals("2", page.text("#magic mark"));
    Accept expected = Accept.of(page.text("#key"), Accept.MAGIC);
    assertEquals(expected.value(), page.text("#expected"));
    assertNotEquals(expected.value(), page.text("#accept"));
    assertEquals("not the same", page.text("#verdict"));
    page.screenshot(SCREENSHOTS.resolve("handshake-broken.png"));
  }
}
