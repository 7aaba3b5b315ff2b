package dev.loomsocket.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A conversation with a browser in its DevTools protocol: calls, each with one answer, and events.
 * One caller's thread.
 */
final class DevTools implements AutoCloseable {
  /** How long an answer may take: more than any wait inside the page. */
  private static final int PATIENCE_SECONDS = 30;

  /** Something that the browser told by itself; the session is the page that it belongs to. */
  record Event(String session, String method, JsonNode params) {}

  private final JsonMapper json = new JsonMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final WebSocket socket;

  DevTools(URI address) {
    socket = http.newWebSocketBuilder().buildAsync(address, new Listener()).join();
  }

  /** Calls a method of the browser itself; the answer is its result. */
  JsonNode call(String method, Map<String, ?> params) {
    return call("", method, params);
  }

  /** Calls a method of one page. */
  JsonNode call(String session, String method, Map<String, ?> params) {
    int id = lastId.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    waiting.put(id, answer);
    var message = json.createObjectNode().put("id", id).put("method", method);
    message.set("params", json.valueToTree(params));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    socket.sendText(message.toString(), true).join();
    JsonNode result = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (result.has("error")) {
      throw new AssertionError(method + ": " + result.get("error"));
    }
    return result.path("result");
  }

  /** The events of one page so far. */
  List<Event> events(String session) {
    return events.stream().filter(event -> event.session().equals(session)).toList();
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }

  private void received(JsonNode message) {
    if (message.has("id")) {
      waiting.remove(message.get("id").asInt()).complete(message);
    } else {
      events.add(
          new Event(
              message.path("sessionId").asString(""),
              message.path("method").asString(),
              message.path("params")));
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        received(json.readTree(text.toString()));
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      waiting.values().forEach(answer -> answer.completeExceptionally(error));
    }
  }
}
