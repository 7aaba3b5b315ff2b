package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.testing.TestApp;
import dev.loomsocket.testing.TestClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VoteTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private TestApp app;

  @BeforeEach
  void start() {
    app = TestApp.start(Main.app());
  }

  @AfterEach
  void stop() {
    app.close();
    http.close();
  }

  @Test
  void aThousandConcurrentVotesCountAsAThousand() throws Exception {
    String cookie = login("Ann");
    List<TestClient> voters = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      voters.add(app.connect(Vote.PATH, "Cookie: " + cookie));
    }
    List<Thread> threads =
        voters.stream()
            .map(voter ->
                Thread.startVirtualThread(() -> {
                  for (int i = 0; i < 50; i++) {
                    voter.send("1");
                  }
                }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    for (TestClient voter : voters) { // some may have been connected after the first votes
      int count = 0;
      while (count < 1_000) {
        Ballot.Counted counted = voter.expect("vote", Ballot.Counted.class);
        assertEquals("1", counted.user());
        assertEquals("vote", counted.type());
        count = counted.count();
      }
    }
    assertEquals(
        "[{\"id\":\"1\",\"name\":\"小明\",\"count\":1000},{\"id\":\"2\",\"name\":\"小强\",\"count\":0},"
            + "{\"id\":\"3\",\"name\":\"小刚\",\"count\":0}]",
        get("/votes", cookie).body());
  }

  @Test
  void anUnknownIdIsAnsweredWithAnErrorAndTheConnectionStays() throws Exception {
    TestClient voter = app.connect(Vote.PATH, "Cookie: " + login("Ann"));
    assertEquals("unknown-candidate", voter.send("4").expect("error", Map.class).get("code"));
    assertEquals(1, voter.send("3").expect("vote", Ballot.Counted.class).count());
  }

  @Test
  void whoIsNotLoggedInIsSentToTheForm() throws Exception {
    for (String cookie : new String[] {"", "session=guessed"}) {
      HttpResponse<String> answer = get("/index", cookie);
      assertEquals(303, answer.statusCode());
      assertEquals("/login", answer.headers().firstValue("Location").orElse(""));
      assertEquals(401, app.connectRefused(Vote.PATH, "Cookie: " + cookie));
    }
    assertEquals(200, get("/login", "").statusCode());
    assertEquals("消息已推送", get("/notify", "").body());
    assertEquals("请使用WebSocket协议", get(Vote.PATH, "").body());
  }

  @Test
  void aLoginLeadsToNoOtherSite() throws Exception {
    for (String to : List.of("//evil.example", "https://evil.example/", "/notify", "")) {
      assertTrue(get("/login?to=" + to, "").body().contains("name=\"to\" value=\"/index\""), to);
      assertEquals("/index", post("/login", "user=Ann&to=" + to).firstValue("Location").orElse(""));
    }
    assertEquals(
        "/same-path.html",
        post("/login", "user=Ann&to=/same-path.html").firstValue("Location").orElse(""));
  }

  private HttpResponse<String> get(String path, String cookie)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(app.uri().resolve(path)).header("Cookie", cookie).build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** Logs in; the cookie that tells so. */
  private String login(String name) throws IOException, InterruptedException {
    HttpHeaders answer = post("/login", "user=" + name);
    assertEquals("/index", answer.firstValue("Location").orElse(""));
    return answer.firstValue("Set-Cookie").orElse("").split(";")[0];
  }

  /** Sends a form; the head of the answer. */
  private HttpHeaders post(String path, String form) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(app.uri().resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return http.send(request, BodyHandlers.ofString()).headers();
  }
}
