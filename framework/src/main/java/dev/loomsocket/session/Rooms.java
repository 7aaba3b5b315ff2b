package dev.loomsocket.session;

import dev.loomsocket.json.JsonEncoder;
import dev.loomsocket.websocket.Person;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.wire.MemoryBudget;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All rooms of an application, by name. A {@link Room} that users hold is only its name; there is a
 * {@link LiveRoom} while there is something to know of it. Thread-safe; nothing blocks.
 */
public final class Rooms implements AutoCloseable {
  private final ConcurrentHashMap<String, LiveRoom> rooms = new ConcurrentHashMap<>();
  private final RoomSweep sweep = new RoomSweep();
  private final JsonEncoder json;
  private final LongSupplier clock;
  private final MemoryBudget histories;

  /** No room has members yet, and messages have no type names. */
  public Rooms() {
    this(new JsonEncoder());
  }

  /** No room has members yet. */
  public Rooms(JsonEncoder json) {
    this(json, System::nanoTime);
  }

  /** With this clock, in nanoseconds. */
  Rooms(JsonEncoder json, LongSupplier clock) {
    this(json, clock, MemoryBudget.ofHeap(8));
  }

  /** With this clock, in nanoseconds, and so much memory for histories. */
  Rooms(JsonEncoder json, LongSupplier clock, MemoryBudget histories) {
    this.json = json;
    this.clock = clock;
    this.histories = histories;
  }

  /** The memory for what all rooms together remember. */
  MemoryBudget histories() {
    return histories;
  }

  /** The room of that name. What is set there is forgotten when the room is over. */
  public Room room(String name) {
    return new NamedRoom(this, name, false);
  }

  /** The room of that name, for who sets something there for good. */
  public Room lasting(String name) {
    return new NamedRoom(this, name, true);
  }

  long now() {
    return clock.getAsLong();
  }

  /** The room that the session has joined: {@link LiveRoom#tell} is still to be called. */
  LiveRoom join(String name, LiveSession session, @Nullable Object meta, Resumption client) {
    while (true) {
      LiveRoom room = live(name);
      if (room.add(session, meta, client)) {
        return room;
      } // the last one has just left: there will be another room of that name
    }
  }

  private LiveRoom live(String name) {
    return rooms.computeIfAbsent(name, first -> new LiveRoom(this, first));
  }

  /** The room that the session has left, in the same way; null if there is none. */
  @Nullable LiveRoom leave(String name, LiveSession session) {
    LiveRoom room = rooms.get(name);
    if (room != null) {
      room.remove(session);
    }
    return room;
  }

  void send(String name, @Nullable Session except, Object value) {
    Message message = Message.copyOf(value, json); // it may wait, and be remembered
    LiveRoom room = rooms.get(name);
    if (room != null) {
      room.send(value, message, except);
    }
  }

  List<LiveSession> members(String name) {
    LiveRoom room = rooms.get(name);
    return room == null ? List.of() : room.members();
  }

  List<Person> people(String name) {
    LiveRoom room = rooms.get(name);
    return room == null ? List.of() : room.people();
  }

  void set(String name, boolean forGood, LiveRoom.Setting setting) {
    LiveRoom room;
    do {
      room = live(name);
    } while (!room.set(forGood, setting));
    room.tell();
  }

  void forget(String name, LiveRoom room) {
    rooms.remove(name, room);
  }

  /** This room remembers something from now on. */
  void sweepLater(LiveRoom room) {
    sweep.add(room);
  }

  /** Forgets what is too old, now. */
  void sweep() {
    sweep.sweep();
  }

  /** How many rooms there is something to know of. */
  public int size() {
    return rooms.size();
  }

  /** The rooms that there are forget nothing by themselves any more. */
  @Override
  public void close() {
    sweep.close();
  }
}
