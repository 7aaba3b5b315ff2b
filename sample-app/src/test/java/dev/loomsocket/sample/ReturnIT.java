package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.browser.Page;
import org.junit.jupiter.api.Test;

/** A page is left by a link, and the browser keeps it for Back, as it was. */
class ReturnIT extends SampleFixture {
  @Test
  void whoLeavesTheChatRoomIsSeenToLeaveAndComesBackAsAnotherVisitor() {
    Page ann = open("/chat.html");
    Page bob = open("/chat.html");
    bob.until("document.querySelector('#log .note')");
    ann.untilShown("#log .note", bob.text("#me") + " 进来了 joined");
    String before = ann.text("#me");
    leave(ann);
    bob.untilShown("#log .note", before + " 离开了 left");
    goBack(ann);
    ann.until("document.querySelector('#me').innerText !== " + Page.quoted(before));
    say(ann, "#text", "back again");
    bob.untilShown("#log span", "back again");
  }

  @Test
  void anEchoWorksAgain() {
    for (String path : new String[] {"/echo.html", "/any/thing"}) {
      Page page = open(path);
      page.until("document.querySelectorAll('#log .note').length === 1");
      leave(page);
      goBack(page);
      page.until("document.querySelectorAll('#log .note').length === 3"); // closed, and connected
      say(page, "#text", "hello");
      page.until("document.querySelector('#log').lastChild.innerText.endsWith(': hello')");
    }
  }

  @Test
  void bothServicesWorkAgain() {
    Page page = open("/subprotocols.html");
    page.until("document.querySelectorAll('.log .note').length === 2");
    leave(page);
    goBack(page);
    page.until("document.querySelectorAll('.log .note').length === 6");
    say(page, "#chat-text", "plain");
    page.untilShown("#chat-log li", "plain");
    say(page, "#superchat-text", "coloured");
    page.untilShown("#superchat-log span", "coloured");
  }

  @Test
  void theStatesBeginAnew() {
    Page page = open("/states.html");
    page.until("document.querySelector('#now').innerText.startsWith('1:')");
    leave(page);
    goBack(page);
    page.until("document.querySelector('#now').innerText.startsWith('0:')");
    page.until("document.querySelector('#now').innerText.startsWith('1:')");
  }

  @Test
  void framesAreWatchedAgain() {
    Page page = open("/frames.html");
    page.until("!document.querySelector('#send').disabled");
    leave(page);
    goBack(page);
    page.until("!document.querySelector('#send').disabled");
    page.click("#send");
    page.until("document.querySelectorAll('#frames tr').length === 4");
  }

  @Test
  void aVoteCountsAgain() {
    Page page = open("/login");
    say(page, "[name=user]", "Ann");
    page.untilShown("#message", "Connected 连接成功");
    leave(page);
    page.eval("void setTimeout(() => history.back())"); // with no-store it may be loaded anew
    page.untilShown("#message", "Connected 连接成功");
    page.doubleClick("[data-id='1']");
    page.untilShown("[data-id='1'] output", "1");
  }

  @Test
  void aFileOnItsWayIsStopped() {
    Page page = open("/drop.html");
    page.click("#made");
    page.until("document.querySelector('#progress').value > 0");
    leave(page);
    goBack(page);
    page.untilShown("#outcome", "Stopped, as the page was left.");
    page.click("#made");
    page.until("document.querySelector('#outcome').innerText.includes('of 1024.0 MiB')");
    page.click("#cancel");
  }

  @Test
  void whoLeavesTheChatIsSeenToLeaveAndToComeBack() {
    Page bob = joinLobby("Bob");
    Page ann = joinLobby("Ann");
    bob.until("document.querySelectorAll('#names li').length === 2");
    leave(ann, "location.href = '/'"); // its page uses /loomsocket.js
    bob.until("document.querySelectorAll('#names li').length === 1");
    goBack(ann);
    bob.until("document.querySelectorAll('#names li').length === 2");
    ann.until("document.querySelector('#state').dataset.state === 'open'");
  }

  private Page joinLobby(String name) {
    Page page = chromium.open(app.uri().resolve("/rooms/#lobby"));
    page.fill("#name", name);
    page.press("Enter");
    page.until("document.querySelector('#names li')");
    return page;
  }

  private static void leave(Page page) {
    leave(page, "document.querySelector('header a').click()");
  }

  private static void leave(Page page, String how) {
    page.eval("kept = true"); // a page that is loaded anew does not know it
    page.eval(how);
    page.until("location.pathname === '/' && document.readyState === 'complete'");
  }

  private static void goBack(Page page) {
    page.eval("void setTimeout(() => history.back())"); // behind this answer
    page.until("location.pathname !== '/' && document.readyState === 'complete'");
    assertTrue(page.eval("window.kept === true").asBoolean(), "the browser has kept the page");
  }

  private static void say(Page page, String field, String text) {
    page.fill(field, text);
    page.press("Enter");
  }
}
