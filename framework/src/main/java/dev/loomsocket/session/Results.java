package dev.loomsocket.session;

import dev.loomsocket.json.JsonEncoder;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.Opcode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends what handlers return; blocks until it is queued. Used by the connection's thread only. */
final class Results {
  private final Outbox outbox;
  private final JsonEncoder json;

  Results(Outbox outbox, JsonEncoder json) {
    this.outbox = outbox;
    this.json = json;
  }

  /**
   * Sends a result: null is nothing, an optional or completed value is sent as it is by itself, a
   * stream is one message an element, an InputStream or Reader one message in fragments.
   *
   * @throws Throwable what the result threw instead of giving its content
   */
  void send(@Nullable Object result) throws Throwable {
    if (result instanceof String text) { // the common ones first: no switch is as fast
      outbox.reply(Message.text(text));
    } else if (result instanceof byte[] bytes) {
      outbox.reply(Message.binary(bytes));
    } else if (result != null) {
      sendOther(result);
    }
  }

  private void sendOther(Object result) throws Throwable {
    switch (result) {
      case InputStream bytes -> copy(bytes);
      case Reader text -> copy(text);
      case Stream<?> elements -> sendEach(elements);
      case CompletionStage<?> stage -> send(await(stage));
      case Optional<?> value -> send(value.orElse(null));
      default -> outbox.reply(Message.of(result, json));
    }
  }

  /**
   * Sends a result as the answer to what the client asked: one JSON value, so that bytes are base64
   * and a stream is an array; nothing is null.
   *
   * @throws Throwable what the result threw instead of giving its content
   */
  void answer(String ask, @Nullable Object result) throws Throwable {
    switch (result) {
      case CompletionStage<?> stage -> answer(ask, await(stage));
      case Optional<?> value -> answer(ask, value.orElse(null));
      case CharSequence text -> reply(ask, "value", text.toString());
      case Stream<?> elements -> {
        try (elements) {
          reply(ask, "value", elements.toList());
        }
      }
      case Closeable stream when stream instanceof InputStream || stream instanceof Reader -> {
        stream.close();
        throw new IllegalStateException(
            "an answer is one JSON value, which an InputStream or a Reader does not become");
      }
      case null, default -> reply(ask, "value", result);
    }
  }

  /** Sends word that there is no answer to what the client asked. */
  void fail(String ask, String code, String message) {
    reply(ask, "error", new Failure(code, message));
  }

  private void reply(String ask, String what, @Nullable Object content) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>(4);
    answer.put("@answer", ask);
    answer.put(what, content);
    outbox.reply(Message.of(answer, json));
  }

  /** What a client is told instead of a value. */
  private record Failure(String code, String message) {}

  private void sendEach(Stream<?> elements) throws Throwable {
    try (elements) {
      for (Iterator<?> each = elements.iterator(); each.hasNext(); ) {
        send(each.next());
        outbox.flushOrOwe(); // the next one may take its time
      }
    }
  }

  /** Waits no longer than there is somebody to send it to. */
  private @Nullable Object await(CompletionStage<?> stage) throws Throwable {
    CompletableFuture<?> result = stage.toCompletableFuture();
    try {
      CompletableFuture.anyOf(result, outbox.endBegun()).get();
      if (!result.isDone()) {
        throw new SessionClosedException("the session ended before its message was there");
      }
      return result.get();
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private void copy(InputStream bytes) throws IOException {
    try (bytes) {
      stream(Opcode.BINARY, bytes::transferTo);
    }
  }

  private void copy(Reader text) throws IOException {
    try (text) {
      stream(
          Opcode.TEXT,
          message -> {
            Writer writer = new OutgoingText(message);
            text.transferTo(writer);
            writer.close();
          });
    }
  }

  /** What a message that is sent in fragments consists of. */
  private interface Content {
    void writeTo(OutgoingMessage message) throws IOException;
  }

  /**
   * Sends one message in fragments. If it cannot be completed, only the end of the session tells
   * the peer.
   */
  private void stream(int opcode, Content content) throws IOException {
    OutgoingMessage message = outbox.stream(opcode);
    try {
      content.writeTo(message);
      message.close();
    } catch (Throwable e) {
      outbox.closing().fail(CloseCode.INTERNAL_ERROR, "");
      message.abandon();
      throw e;
    }
  }
}
