package dev.loomsocket.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Compares what a client in this JVM receives with what it sent. */
final class Echoes {
  private static final int PATIENCE = 60; // seconds
  private static final int WINDOW = 4 << 20; // bytes that may be under way at a time
  private static final int COST = 1; // of a message besides its bytes

  private final List<Message> messages;
  private final Semaphore window = new Semaphore(WINDOW);
  private final CompletableFuture<Void> all = new CompletableFuture<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private int received; // of the client's thread

  /** How a client sends. */
  interface Sender {
    void send(Message message) throws Exception;
  }

  Echoes(List<Message> messages) {
    this.messages = messages;
  }

  /** Sends all messages, and returns once all have come back as they were. */
  void exchange(Sender sender) throws Exception {
    for (Message message : messages) {
      if (!window.tryAcquire(message.bytes().length + COST, PATIENCE, TimeUnit.SECONDS)) {
        all.get(0, TimeUnit.SECONDS);
      }
      sender.send(message);
    }
    all.get(PATIENCE, TimeUnit.SECONDS);
  }

  void text(String text) {
    received(new Message(true, text.getBytes(UTF_8)));
  }

  void received(Message message) {
    Message expected = messages.get(received++);
    if (!message.isSameAs(expected)) {
      failed(new AssertionError(message + " came where message " + received + " was " + expected));
    }
    window.release(expected.bytes().length + COST);
    if (received == messages.size()) {
      all.complete(null);
    }
  }

  void closed(int code) {
    closed.complete(code);
    failed(new AssertionError("closed with " + code + " after " + received + " messages"));
  }

  void failed(Throwable thrown) {
    all.completeExceptionally(thrown);
    closed.completeExceptionally(thrown);
  }

  /** The code that the connection was closed with. */
  int closeCode() throws Exception {
    return closed.get(PATIENCE, TimeUnit.SECONDS);
  }
}
