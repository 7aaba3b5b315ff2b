package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class VotePageIT extends SampleFixture {
  @Test
  void aVoteMovesTheNumberInEveryPage() throws IOException {
    Page ann = login("Ann");
    Page annsOther = chromium.openBeside(ann, app.uri().resolve("/index"));
    Page bob = login("<b>Bob</b>");
    annsOther.untilShown("#message", "Connected 连接成功");
    assertEquals(
        "小明小强小刚",
        ann.eval(
                "[...document.querySelectorAll('#candidates strong')].map(s => s.innerText).join('')")
            .asString());
    assertEquals("<b>Bob</b>", bob.text(".lead b"));

    ann.doubleClick("[data-id='2']");
    bob.doubleClick("[data-id='2']");
    bob.doubleClick("[data-id='3']");
    for (Page page : new Page[] {ann, annsOther, bob}) {
      page.untilShown("[data-id='2'] output", "2");
      page.untilShown("[data-id='3'] output", "1");
      page.untilShown("[data-id='1'] output", "0");
    }
    look(bob, "vote");
  }

  @Test
  void theKeyboardIsEnough() {
    Page ann = login("Ann");
    ann.eval("document.querySelector(\"[data-id='1']\").focus()");
    ann.press("Enter");
    ann.press("Enter");
    ann.untilShown("[data-id='1'] output", "1");
  }

  @Test
  void whoIsNotConnectedIsToldSo() {
    Page ann = login("Ann");
    ann.click("#close");
    ann.untilShown("#message", "The connection is closed 连接已关闭");
    ann.doubleClick("[data-id='1']");
    ann.untilShown("#message", "Not connected 连接尚未建立: your vote was not sent");
    Page bob = login("Bob");
    bob.doubleClick("[data-id='1']");
    bob.untilShown("[data-id='1'] output", "1");
    ann.click("#connect");
    ann.untilShown("[data-id='1'] output", "1");
  }

  @Test
  void whoIsNotLoggedInSeesTheForm() throws IOException {
    Page page = open("/index");
    assertEquals("/login", page.eval("location.pathname").asString());
    look(page, "login");
    page.fill("[name=user]", "   ");
    page.press("Enter");
    page.until("document.querySelector('.error').innerText.includes('A name has')");
  }

  @Test
  void whoLogsOutSeesTheFormAgain() {
    Page ann = login("Ann");
    ann.click("#logout");
    ann.until("location.pathname === '/login'");
    ann.go(app.uri().resolve("/index"));
    assertEquals("/login", ann.eval("location.pathname").asString());
  }

  private Page login(String name) {
    Page page = open("/login");
    page.fill("[name=user]", name);
    page.press("Enter");
    page.until("location.pathname === '/index'");
    page.untilShown("#message", "Connected 连接成功");
    return page;
  }
}
