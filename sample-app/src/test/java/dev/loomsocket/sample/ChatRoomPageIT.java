package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChatRoomPageIT extends SampleFixture {
  private static final String HOSTILE = "<img src=x onerror=hit()> & \"more\"";

  @Test
  void everybodySeesEverything() throws IOException {
    Page ann = enter();
    ann.untilShown("#log .note", "Nobody has said anything yet.");
    say(ann, "你好");
    say(ann, HOSTILE);

    Page bob = enter();
    bob.untilShown("#log span", HOSTILE);
    bob.untilShown("#log .note", "Above is what was said before you came.");
    ann.untilShown("#log .note", id(bob) + " 进来了 joined");
    assertNotEquals(id(ann), id(bob));
    assertEquals(0, bob.count("#log .mine"));
    say(bob, "hello");
    ann.untilShown("#log li:not(.mine) span", "hello");
    assertEquals(id(bob), ann.text("#log li:not(.mine, .note) code"));
    assertEquals(0, ann.count("#log img"));

    bob.click("#close");
    bob.untilShown("#log li", "【关闭连接】 closed");
    ann.untilShown("#log .note", id(bob) + " 离开了 left");
    look(ann, "chat-room");
    Page eve = enter();
    assertEquals(1, eve.count("#log .note"), "who came and went is not told afterwards");
  }

  @Test
  void whoConnectsAgainIsAnotherVisitorAndSeesTheirOldLines() {
    Page ann = enter();
    say(ann, "before");
    String before = id(ann);
    ann.click("#close");
    ann.untilShown("#log li", "【关闭连接】 closed");
    ann.click("#connect");
    ann.until("document.querySelector('#me').innerText !== " + Page.quoted(before));
    ann.untilShown("#log .mine span", "before");
    say(ann, "after");
    assertEquals(2, ann.count("#log .mine"));
  }

  @Test
  void whoClosesIsNotHeardAnyMore() {
    Page ann = enter();
    ann.click("#close");
    ann.untilShown("#log li", "【关闭连接】 closed");
    ann.fill("#text", "hello?");
    ann.press("Enter");
    ann.untilShown("#log .error", "连接尚未建立 not connected");
  }

  private Page enter() {
    Page page = open("/chat.html");
    page.until("document.querySelector('#log .note')");
    assertEquals(id(page), UUID.fromString(id(page)).toString());
    return page;
  }

  private static String id(Page page) {
    return page.text("#me");
  }

  private static void say(Page page, String text) {
    page.fill("#text", text);
    page.press("Enter");
    page.untilShown("#log .mine span", text);
  }
}
