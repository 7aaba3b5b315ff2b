package dev.loomsocket.session;

import dev.loomsocket.json.Json;
import dev.loomsocket.json.JsonAnswer;
import dev.loomsocket.json.JsonException;
import dev.loomsocket.websocket.AskTimeoutException;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.websocket.WrongReplyException;
import dev.loomsocket.wire.Opcode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** What a session has asked its client, until the answer is there. Thread-safe. */
final class Asks implements Answers {
  private static final Logger LOG = System.getLogger("dev.loomsocket.session");
  private static final int MOST = 1_000; // each has a thread that waits

  private final LiveSession session;
  private final AtomicLong count = new AtomicLong();
  private final Map<String, CompletableFuture<JsonAnswer>> open = new ConcurrentHashMap<>();

  Asks(LiveSession session) {
    this.session = session;
  }

  /** Sends the message and waits for its answer. */
  <T> T ask(Object message, Class<T> reply, Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the time for an answer is positive, not " + timeout);
    }
    if (open.size() >= MOST) {
      throw new IllegalStateException(session + " has not answered " + MOST + " asks");
    }
    long start = System.nanoTime();
    String id = Long.toString(count.incrementAndGet(), Character.MAX_RADIX);
    CompletableFuture<JsonAnswer> answer = new CompletableFuture<>();
    open.put(id, answer);
    try {
      session.outbox().send(ask(message, id));
      session.outbox().flush(); // this may be the owner's thread, which would do so later
      session.answerAwaited();
      awaitEither(answer, session.outbox().endBegun(), start, timeout);
      return value(answer, reply, timeout);
    } finally {
      open.remove(id);
      answer.cancel(false); // forgets this wait where the session's end is waited for
    }
  }

  private Message ask(Object message, String id) {
    byte[] json = session.json().named(message);
    if (!Json.isObject(json)) {
      throw new IllegalArgumentException("only what becomes a JSON object can ask");
    }
    return new Message(Opcode.TEXT, Json.with(json, "@ask", id));
  }

  private static void awaitEither(
      CompletableFuture<?> answer, CompletableFuture<?> end, long start, Duration timeout) {
    CompletableFuture<?> either = CompletableFuture.anyOf(answer, end);
    boolean interrupted = false;
    boolean waits = true;
    while (waits) {
      try {
        long left = start + TimeUnit.NANOSECONDS.convert(timeout) - System.nanoTime();
        either.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        waits = false;
      } catch (TimeoutException | ExecutionException e) {
        waits = false;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> T value(CompletableFuture<JsonAnswer> answer, Class<T> reply, Duration timeout) {
    JsonAnswer came = answer.getNow(null);
    if (came == null) {
      if (session.isOpen()) {
        throw new AskTimeoutException(session + " has not answered within " + timeout);
      }
      throw new SessionClosedException(session + " ended before it answered");
    }
    try {
      Optional<JsonAnswer.Failure> failure = came.failure();
      if (failure.isPresent()) {
        String message = session + " answered with an error: " + failure.get().message();
        throw new WrongReplyException(failure.get().code(), message);
      }
      return came.value(reply);
    } catch (JsonException e) {
      String what = session + " answered with no " + reply.getSimpleName() + ": ";
      throw new WrongReplyException("bad-json", what + e.getMessage());
    }
  }

  @Override
  public boolean take(String text) {
    Optional<JsonAnswer> answer = JsonAnswer.of(text);
    if (answer.isEmpty()) {
      return false;
    }
    CompletableFuture<JsonAnswer> awaited = open.get(answer.get().id());
    if (awaited == null || !awaited.complete(answer.get())) {
      LOG.log(Level.DEBUG, () -> session + " sent an answer that nobody waits for");
    }
    return true;
  }

  @Override
  public boolean areAwaited() {
    return !open.isEmpty();
  }
}
