package dev.loomsocket.session;

import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.Opcode;
import java.io.OutputStream;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One open WebSocket as users see it: who it is, its rooms, and its {@link Outbox}. Thread-safe.
 */
final class LiveSession implements Session {
  private final String id;
  private final OpeningTarget target;
  private final Optional<Principal> user;
  private final Optional<String> subprotocol;
  private final Outbox outbox;
  private final Facilities shared;

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Set<String> joined; // names of rooms; guarded by lock
  private @Nullable Map<String, Object> attributes; // guarded by lock until it is made
  private boolean ended; // joins no room any more; guarded by lock

  LiveSession(
      String id,
      OpeningTarget target,
      Optional<Principal> user,
      Optional<String> subprotocol,
      Outbox outbox,
      Facilities shared) {
    this.id = id;
    this.target = target;
    this.user = user;
    this.subprotocol = subprotocol;
    this.outbox = outbox;
    this.shared = shared;
  }

  Outbox outbox() {
    return outbox;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void send(Object message) {
    outbox.send(Message.copyOf(message));
  }

  @Override
  public Writer sendText() {
    return new OutgoingText(outbox.stream(Opcode.TEXT));
  }

  @Override
  public OutputStream sendBinary() {
    return outbox.stream(Opcode.BINARY);
  }

  @Override
  public long queuedBytes() {
    return outbox.queuedBytes();
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
    outbox.close(status);
  }

  @Override
  public boolean isOpen() {
    return outbox.ending().isOpen();
  }

  @Override
  public Room join(String room) {
    lock.lock();
    try {
      if (!ended && outbox.ending().isOpen()) {
        if (joined == null) {
          joined = new LinkedHashSet<>();
        }
        if (joined.add(room)) {
          shared.rooms().join(room, this);
        }
      }
    } finally {
      lock.unlock();
    }
    return shared.rooms().room(room);
  }

  void leave(String room) {
    lock.lock();
    try {
      if (joined != null && joined.remove(room)) {
        shared.rooms().leave(room, this);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Leaves all rooms for good. */
  void leaveRooms() {
    lock.lock();
    try {
      ended = true;
      if (joined != null) {
        joined.forEach(room -> shared.rooms().leave(room, this));
        joined = null;
      }
    } finally {
      lock.unlock();
    }
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
    lock.lock();
    try {
      Map<String, Object> map = attributes;
      if (map == null) {
        attributes = map = new ConcurrentHashMap<>();
      }
      return map;
    } finally {
      lock.unlock();
    }
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
    return "Session[" + id + " " + target.rawPath() + "]";
  }
}
