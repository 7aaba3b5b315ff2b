package dev.loomsocket.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.HttpSession;
import dev.loomsocket.http.Response;
import dev.loomsocket.server.SessionCookies.Content;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CookieSessionTest {
  private static final Response PAGE = Response.text("hello");
  private static final Content ANN = new Content(Map.of("user", "Ann"), false);

  private final CookieSession none = session(false, Content.NONE);
  private final CookieSession ann = session(true, ANN);

  private static CookieSession session(boolean hasCookie, Content content) {
    return new CookieSession(SessionCookiesTest.ANY, hasCookie, content);
  }

  /** The Set-Cookie lines after these changes. */
  private static List<String> set(CookieSession session, Consumer<HttpSession> changes) {
    changes.accept(session);
    return session.endWith(PAGE).headers().getOrDefault("Set-Cookie", List.of());
  }

  private static boolean isSet(List<String> lines) {
    return lines.size() == 1 && lines.getFirst().contains("; Max-Age=86400;");
  }

  private static boolean isDeleted(List<String> lines) {
    return lines.size() == 1 && lines.getFirst().contains("=; Path=/; Max-Age=0;");
  }

  @Test
  void holdsValuesByName() {
    ann.put("language", "zh");
    assertEquals(Optional.of("Ann"), ann.get("user"));
    assertEquals(Optional.empty(), ann.get("User"));
    assertEquals(Map.of("user", "Ann", "language", "zh"), ann.values());
    ann.remove("user");
    assertEquals(Map.of("language", "zh"), ann.values());
    assertThrows(UnsupportedOperationException.class, () -> ann.values().clear());
  }

  @Test
  void whatIsOnlyReadLeavesTheResponseAsItIs() {
    assertEquals(Optional.of("Ann"), ann.get("user"));
    assertSame(PAGE, ann.endWith(PAGE));
    assertSame(PAGE, none.endWith(PAGE));
  }

  @Test
  void aChangeIsTold() {
    assertTrue(isSet(set(none, session -> session.put("a", "1"))));
    assertTrue(isSet(set(ann, session -> session.put("a", "1"))));
  }

  @Test
  void aPutOfWhatIsThereIsNoChange() {
    assertEquals(List.of(), set(ann, session -> session.put("user", "Ann")));
  }

  @Test
  void whatIsEmptiedIsDeletedInTheBrowserIfItHasSomething() {
    assertTrue(isDeleted(set(ann, HttpSession::clear)));
    assertTrue(isDeleted(set(session(true, ANN), session -> session.remove("user"))));
    assertTrue(isDeleted(set(session(true, Content.NONE), HttpSession::clear))); // a broken one
    assertEquals(List.of(), set(none, HttpSession::clear));
    assertEquals(List.of(), set(session(true, Content.NONE), session -> session.remove("user")));
  }

  @Test
  void clearedAndFilledAgainItIsANewOne() {
    List<String> lines =
        set(
            ann,
            session -> {
              session.clear();
              session.put("user", "Bob");
            });
    assertTrue(isSet(lines));
    assertEquals(Map.of("user", "Bob"), ann.values());
  }

  @Test
  void anOldOneIsRenewedWhenItIsUsed() {
    assertTrue(isSet(set(session(true, new Content(ANN.values(), true)), session -> {})));
  }

  @Test
  void aResponseWithACookieIsForOneBrowserOnly() {
    ann.put("a", "1");
    assertEquals(List.of("private, no-cache"), ann.endWith(PAGE).headers().get("Cache-Control"));
    for (String kept : List.of("no-store", "max-age=60, Private")) {
      Response page = PAGE.header("Cache-Control", kept);
      assertEquals(List.of(kept), ann.endWith(page).headers().get("Cache-Control"));
    }
    Response everybodys = PAGE.header("Cache-Control", "public, max-age=31536000");
    assertEquals(
        List.of("private, no-cache"), ann.endWith(everybodys).headers().get("Cache-Control"));
  }

  @Test
  void whatIsTooLargeIsRefusedAndChangesNothing() {
    String large = "x".repeat(4000);
    assertThrows(IllegalArgumentException.class, () -> ann.put("a", large));
    assertEquals(Map.of("user", "Ann"), ann.values());
    assertSame(PAGE, ann.endWith(PAGE));
  }

  @Test
  void whenTheResponseGoesOutItIsOver() {
    ann.endWith(PAGE);
    assertThrows(IllegalStateException.class, () -> ann.put("a", "1"));
    assertThrows(IllegalStateException.class, () -> ann.remove("a"));
    assertThrows(IllegalStateException.class, ann::clear);
    assertEquals(Optional.of("Ann"), ann.get("user"));
  }
}
