package dev.loomsocket.sample;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One visitor of a chat room. Every connection has an instance and a thread of its own, so the
 * fields are this visitor's and need no locks. A person with two tabs is two visitors of one name:
 * shown once, gone with the last tab.
 */
@WebSocketEndpoint(value = "/chat/{room}", maxMessageSize = 16 * 1024)
public final class Chat {
  private static final Pattern ROOM = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]{1,40}");
  private static final Pattern NAME = // no control characters, and something to see
      Pattern.compile("(?=.*[\\p{L}\\p{N}\\p{P}\\p{S}])[^\\p{Cc}\\p{Zl}\\p{Zp}]{1,32}");

  private final Histories histories;
  private String name;
  private Room room;

  Chat(Histories histories) {
    this.histories = histories;
  }

  @OnHandshake
  Principal enter(@PathParam("room") String roomName, @QueryParam String name) {
    if (!ROOM.matcher(roomName).matches()) {
      throw new HttpException(404, "a room's name has 1 to 40 letters, digits, - and _");
    }
    if (!NAME.matcher(name).matches()) {
      throw new HttpException(400, "a name has 1 to 32 characters that can be seen");
    }
    this.name = name;
    return () -> name; // session.user() from now on
  }

  @OnOpen
  void join(Session session, @PathParam("room") String roomName) {
    String ours = "chat/" + roomName; // other endpoints have rooms, too
    History history = histories.of(ours);
    history.inTurn(() -> {
      room = session.join(ours);
      List<String> people = people();
      session.send(new Event.Welcome(people.stream().distinct().toList(), history.lines()));
      if (count(people) == 1) {
        room.sendExcept(session, new Event.Joined(name));
      }
    });
  }

  @OnMessage
  void say(Say said) {
    var line = new Event.Line(said.id(), name, said.text());
    History history = histories.of(room.name());
    history.inTurn(() -> {
      if (history.add(line)) {
        room.send(line);
      }
    });
  }

  @OnClose
  void leave() {
    if (room == null) {
      return; // the connection was lost before it had joined
    }
    History history = histories.of(room.name());
    history.inTurn(() -> {
      if (count(people()) == 0) {
        room.send(new Event.Left(name));
      }
    });
  }

  private List<String> people() {
    return room.members().stream()
        .map(Session::user)
        .flatMap(Optional::stream)
        .map(Principal::getName)
        .toList();
  }

  private long count(List<String> people) {
    return people.stream().filter(name::equals).count();
  }
}
