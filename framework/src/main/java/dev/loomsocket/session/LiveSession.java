package dev.loomsocket.session;

import dev.loomsocket.json.JsonEncoder;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.MemoryBudget;
import dev.loomsocket.wire.Opcode;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One open WebSocket as users see it: who it is, its rooms, and its {@link Outbox}. Thread-safe.
 */
final class LiveSession implements Session, Answers {
  private static final VarHandle BELONGINGS;

  static {
    try {
      BELONGINGS =
          MethodHandles.lookup().findVarHandle(LiveSession.class, "belongings", Belongings.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private final long number;
  private final OpeningTarget target;
  private final Optional<Principal> user;
  private final Optional<String> subprotocol;
  private final Outbox outbox;
  private final Facilities shared;
  private @Nullable FrameLoop loop; // written before anybody sees this
  private volatile @Nullable Belongings belongings; // made when the first is needed

  LiveSession(
      long number,
      OpeningTarget target,
      Optional<Principal> user,
      Optional<String> subprotocol,
      Outbox outbox,
      Facilities shared) {
    this.number = number;
    this.target = target;
    this.user = user;
    this.subprotocol = subprotocol;
    this.outbox = outbox;
    this.shared = shared;
  }

  /** The loop that reads the connection. */
  void readBy(FrameLoop loop) {
    this.loop = loop;
  }

  JsonEncoder json() {
    return shared.json();
  }

  /** The memory for what all clients together have sent and nobody has taken yet. */
  MemoryBudget incoming() {
    return shared.incoming();
  }

  Outbox outbox() {
    return outbox;
  }

  @Override
  public String id() {
    return Long.toString(number, Character.MAX_RADIX);
  }

  @Override
  public void send(Object message) {
    outbox.send(Message.copyOf(message, shared.json()));
  }

  @Override
  public <T> T ask(Object message, Class<T> reply, Duration timeout) {
    outbox.ending().requireOpen();
    if (loop != null) {
      loop.requireAnswerable();
    }
    return belongings().asks().ask(message, reply, timeout);
  }

  /** An answer is awaited, whatever this session's handler does. */
  void answerAwaited() {
    if (loop != null) {
      loop.answerAwaited();
    }
  }

  @Override
  public boolean take(String text) {
    Asks asks = asked();
    return asks != null && asks.take(text);
  }

  @Override
  public boolean areAwaited() {
    Asks asks = asked();
    return asks != null && asks.areAwaited();
  }

  private @Nullable Asks asked() {
    Belongings present = belongings;
    return present == null ? null : present.asked();
  }

  @Override
  public Writer sendText() {
    return new OutgoingText(outbox.stream(Opcode.TEXT, toString()));
  }

  @Override
  public OutputStream sendBinary() {
    return outbox.stream(Opcode.BINARY, toString());
  }

  @Override
  public long queuedBytes() {
    return outbox.queuedBytes();
  }

  /** What has come and gone; a moment old where another thread is at it. */
  LiveSessions.Messages messages() {
    FrameLoop reader = loop;
    return new LiveSessions.Messages(
        reader == null ? 0 : reader.received(), outbox.frames().sent());
  }

  @Override
  public long droppedMessages() {
    return outbox.droppedMessages();
  }

  @Override
  public void logTraffic(boolean on) {
    outbox.log(on ? new TrafficLog(this, shared.redactor()) : null);
  }

  @Override
  public void ping() {
    outbox.ping();
  }

  @Override
  public void close(CloseStatus status) {
    if (!CloseCode.mayBeSent(status.code())) {
      throw new IllegalArgumentException(
          "RFC 6455 §7.4 does not let anybody send the close code " + status.code());
    }
    outbox.closing().close(status);
  }

  @Override
  public boolean isOpen() {
    return outbox.ending().isOpen();
  }

  @Override
  public Room join(String room) {
    enter(room, null);
    return shared.rooms().room(room);
  }

  @Override
  public Room join(String room, Object meta) {
    enter(room, Objects.requireNonNull(meta));
    return shared.rooms().room(room);
  }

  /**
   * Joins a room unless the session has ended.
   *
   * @param meta what is said of it there; null: nothing
   */
  void enter(String room, @Nullable Object meta) {
    LiveRoom joined = isOpen() ? belongings().join(room, meta) : null;
    if (joined != null) {
      outbox.flushOrOwe();
      joined.tell();
    }
  }

  void leave(String room) {
    Belongings present = belongings;
    LiveRoom left = present == null ? null : present.leave(room);
    if (left != null) {
      left.tell();
    }
  }

  /** Is one of the sessions of the user of this name. */
  void belongTo(String name) {
    belongings().belongTo(name);
  }

  /**
   * The session is over: it is in no room any more, and joins none.
   *
   * @return the rooms that it has left, whose listeners are to be told
   */
  List<LiveRoom> retire() {
    List<LiveRoom> left = belongings().retire();
    shared.sessions().remove(this);
    return left;
  }

  private Belongings belongings() {
    Belongings present = belongings;
    if (present == null) {
      Belongings first = new Belongings(this, shared);
      present = (Belongings) BELONGINGS.compareAndExchange(this, null, first);
      present = present == null ? first : present;
    }
    return present;
  }

  @Override
  public String pathParam(String name) {
    return target.pathParam(name);
  }

  @Override
  public Optional<String> queryParam(String name) {
    return target.queryParam(name);
  }

  @Override
  public Map<String, List<String>> queryParams() {
    return target.queryParams().get();
  }

  @Override
  public Map<String, Object> attributes() {
    return belongings().attributes();
  }

  @Override
  public Optional<Principal> user() {
    return user;
  }

  @Override
  public Optional<String> subprotocol() {
    return subprotocol;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return target.remoteAddress();
  }

  @Override
  public String toString() {
    return "Session[" + id() + " " + target.rawPath() + "]";
  }
}
