package dev.loomsocket.testing;

import dev.loomsocket.json.TypeName;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.wire.CloseCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A WebSocket client that sends objects and expects objects. It reads all the time, answers Pings,
 * and keeps what comes until a test expects it; used by one thread.
 *
 * <pre>{@code
 * ann.send(new Line("hello"));                // {"type":"line","text":"hello"}
 * Line line = ann.expect(Line.class);         // the next message, which has to be one
 * Left left = ann.skipTo(Left.class);         // past whatever comes before it
 * assertEquals(1008, ann.expectClose().code());
 * }</pre>
 *
 * <p>Each {@code expect} waits for what it expects, for as long as {@link TestApp#patience} says.
 * When something else comes, or nothing, it throws an {@link AssertionError} that shows what came.
 */
public final class TestClient implements AutoCloseable {
  private final PeerSocket socket;
  private final Inbox inbox;

  TestClient(PeerSocket socket, Duration patience) {
    this.socket = socket;
    this.inbox = new Inbox(socket, patience);
  }

  /**
   * Sends a message: a {@link CharSequence} as text, {@code byte[]} and {@link ByteBuffer} as
   * binary, anything else as JSON. Objects of classes of your own get a {@code "type"} if they have
   * none: the simple name of the class with a small first letter, by which endpoints with several
   * {@code @OnMessage} methods know them.
   *
   * @throws AssertionError if the connection has ended
   */
  public TestClient send(Object message) {
    return switch (message) {
      case CharSequence text -> write(Frames.text(text.toString()));
      case byte[] bytes -> write(Frames.binary(bytes));
      case ByteBuffer buffer -> {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        yield write(Frames.binary(bytes));
      }
      default -> {
        Class<?> type = message.getClass();
        Optional<String> name =
            TypedJson.isNamed(type) ? Optional.of(TypeName.of(type)) : Optional.empty();
        yield write(Frames.text(TypedJson.json(message, name)));
      }
    };
  }

  /**
   * Sends an object as JSON with this {@code "type"}, for {@code @OnMessage("name")} methods.
   *
   * @throws AssertionError if the connection has ended
   */
  public TestClient send(String type, Object message) {
    return write(Frames.text(TypedJson.json(message, Optional.of(type))));
  }

  private TestClient write(byte[] frame) {
    try {
      socket.write(frame);
      return this;
    } catch (IOException e) {
      throw new AssertionError("cannot send after " + inbox.end(), e);
    }
  }

  /**
   * The next message, which has to be of this type: {@code String} for text as it is, {@code
   * byte[]} for binary, anything else for JSON. A message with a {@code "type"} has to have that of
   * the class, or of one of the records of a sealed type; {@code Map}, {@code JsonNode} and the
   * like take all of them.
   */
  public <T> T expect(Class<T> type) {
    return expect(Expected.of(type));
  }

  /** The next message, which has to have this {@code "type"} if it has any. */
  public <T> T expect(String name, Class<T> type) {
    return expect(Expected.of(name, type));
  }

  private <T> T expect(Expected<T> expected) {
    Incoming next = inbox.next(expected.toString());
    Expected.Result<T> result = expected.match(next);
    return result
        .value()
        .orElseThrow(() ->
            new AssertionError(
                "expected " + expected + ", but there came " + next + because(result)));
  }

  private static String because(Expected.Result<?> result) {
    return result.reason().isEmpty() ? "" : ": " + result.reason();
  }

  /**
   * The next message that is of this type, as {@link #expect} takes it; those before it are
   * dropped.
   */
  public <T> T skipTo(Class<T> type) {
    Expected<T> expected = Expected.of(type);
    List<Incoming> skipped = new ArrayList<>();
    while (true) {
      Incoming next = inbox.next(expected + " after " + skipped);
      Optional<T> value = expected.match(next).value();
      if (value.isPresent()) {
        return value.get();
      }
      skipped.add(next);
      if (Inbox.isEnd(next)) {
        throw new AssertionError("expected " + expected + ", but there came " + skipped);
      }
    }
  }

  /** The end of the connection, before any other message: what the server's Close said, or 1006. */
  public CloseStatus expectClose() {
    Incoming next = inbox.next("the end of the connection");
    if (next instanceof Incoming.End end) {
      return end.status();
    }
    throw new AssertionError("expected the end of the connection, but there came " + next);
  }

  /** Closes with 1000 and waits for the server's answer. */
  @Override
  public void close() {
    close(CloseCode.NORMAL);
  }

  /**
   * Closes with a code and waits for the server's answer, past all messages before it.
   *
   * @throws AssertionError if the server does not answer in time
   */
  public void close(int code) {
    inbox.close(Frames.close(code));
  }

  /** Ends the connection with a reset if it is not closed. */
  void abandon() {
    socket.reset();
  }
}
