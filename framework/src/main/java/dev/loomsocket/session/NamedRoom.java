package dev.loomsocket.session;

import dev.loomsocket.websocket.Overflow;
import dev.loomsocket.websocket.Person;
import dev.loomsocket.websocket.Presence;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/**
 * A room as users hold it: its name, by which the {@link LiveRoom} of the moment is found.
 *
 * @param forGood whether what is set here lasts as long as the application
 */
record NamedRoom(Rooms rooms, String name, boolean forGood) implements Room {

  @Override
  public void join(Session session) {
    live(session).enter(name, null);
  }

  @Override
  public void join(Session session, Object meta) {
    live(session).enter(name, Objects.requireNonNull(meta));
  }

  @Override
  public void leave(Session session) {
    live(session).leave(name);
  }

  private static LiveSession live(Session session) {
    if (session instanceof LiveSession live) {
      return live;
    }
    throw new IllegalArgumentException("not a session of this server: " + session);
  }

  @Override
  public void send(Object message) {
    rooms.send(name, null, message);
  }

  @Override
  public void sendExcept(Session except, Object message) {
    rooms.send(name, except, message);
  }

  @Override
  public Collection<Session> members() {
    return List.copyOf(rooms.members(name));
  }

  @Override
  public int size() {
    return rooms.members(name).size();
  }

  @Override
  public List<Person> people() {
    return rooms.people(name);
  }

  @Override
  public Room history(int messages, Duration ttl) {
    if (messages < 1 || !ttl.isPositive()) {
      throw new IllegalArgumentException(
          "a history has at least one message and lasts some time, not " + messages + ", " + ttl);
    }
    return set(room -> room.history(messages, RoomHistory.nanos(ttl)));
  }

  @Override
  public Room overflow(Overflow policy) {
    Objects.requireNonNull(policy);
    return set(room -> room.policy(present -> present.with(policy)));
  }

  @Override
  public <T> Room conflate(Class<T> type, Function<? super T, ?> key) {
    Objects.requireNonNull(key);
    Function<Object, ?> cast = message -> key.apply(type.cast(message));
    return set(room -> room.policy(present -> present.conflating(type, cast)));
  }

  @Override
  public Room onJoin(Consumer<Presence> listener) {
    Objects.requireNonNull(listener);
    return set(room -> room.events().onJoin(listener));
  }

  @Override
  public Room onLeave(Consumer<Presence> listener) {
    Objects.requireNonNull(listener);
    return set(room -> room.events().onLeave(listener));
  }

  @Override
  public Room onDrop(ObjIntConsumer<Session> listener) {
    Objects.requireNonNull(listener);
    return set(room -> room.events().onDrop(listener));
  }

  @Override
  public Following follow(Consumer<String> listener) {
    Objects.requireNonNull(listener);
    return follow(new Follower((position, text) -> listener.accept(text)), room -> {});
  }

  @Override
  public Following follow(String seen, BiConsumer<String, String> listener) {
    Follower follower = new Follower(Objects.requireNonNull(listener));
    Optional<Position> last = Position.parse(seen);
    return follow(follower, room -> room.replay(last, follower));
  }

  private Following follow(Follower follower, LiveRoom.Setting first) {
    rooms.set(
        name,
        false,
        room -> {
          first.set(room);
          room.events().follow(follower);
        });
    return follower.following(rooms, name);
  }

  private Room set(LiveRoom.Setting setting) {
    rooms.set(name, forGood, setting);
    return this;
  }

  /** Rooms with the same name are the same, wherever they come from. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NamedRoom room && room.rooms == rooms && room.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return "Room[" + name + "]";
  }
}
