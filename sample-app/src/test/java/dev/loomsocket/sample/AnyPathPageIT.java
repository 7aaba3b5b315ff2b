package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnyPathPageIT extends SampleFixture {
  private final Logger log = Logger.getLogger(AnyPath.class.getName());
  private final Ends ends = new Ends();

  /** What the log is told. */
  private static final class Ends extends Handler {
    private final BlockingQueue<LogRecord> lines = new LinkedBlockingQueue<>();

    @Override
    public void publish(LogRecord line) {
      lines.add(line);
    }

    /** The next line: its level and what it is about. */
    String next() throws InterruptedException {
      LogRecord line = lines.poll(20, TimeUnit.SECONDS);
      return line.getLevel() + " " + new SimpleFormatter().formatMessage(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    log.setLevel(Level.INFO);
    log.setUseParentHandlers(false);
    log.addHandler(ends);
  }

  @AfterEach
  void stopListening() {
    log.removeHandler(ends);
    log.setUseParentHandlers(true);
  }

  @Test
  void anyPathHasAPageAndItsEcho() throws IOException, InterruptedException {
    for (String path : new String[] {"/any/thing", "/any/%E4%B8%96%E7%95%8C/deep/er"}) {
      Page page = open(path);
      page.until("document.querySelector('#log .note')");
      page.fill("#text", "你好");
      page.press("Enter");
      page.untilShown("#log li", "我: 你好");
      page.untilShown("#log li", "服务器回应: 你好");
      page.click("#close");
      page.untilShown("#log li", "Closed 连接已关闭: 1000");
      look(page, "any-path");
      String shown = URI.create(path).getPath();
      assertEquals("INFO " + shown + " ended normally, 1000", ends.next());
      page.click("#connect");
      page.until("document.querySelectorAll('#log .note').length === 3");
      page.fill("#text", "again");
      page.press("Enter");
      page.untilShown("#log li", "服务器回应: again");
      page.click("#close");
      page.until("document.querySelectorAll('#log .note').length === 4");
      ends.next();
    }
  }

  @Test
  void theLogTellsAnAbnormalEnd() throws InterruptedException {
    Page page = open("/any/thing");
    page.until("document.querySelector('#log .note')");
    page.click("#fail");
    page.untilShown("#log li", "Closed 连接已关闭: 4000");
    assertEquals("WARNING /any/thing ended abnormally, 4000", ends.next());
  }

  @Test
  void theLogTellsThatAPageWasLeft() throws InterruptedException {
    Page page = open("/any/thing");
    page.until("document.querySelector('#log .note')");
    page.close();
    assertTrue(ends.next().startsWith("INFO /any/thing ended normally, "));
  }
}
