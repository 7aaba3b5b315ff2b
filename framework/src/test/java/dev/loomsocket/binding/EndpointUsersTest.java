package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who the client is: what the application says, and what an endpoint makes of it. */
class EndpointUsersTest {
  private final Handshake handshake = mock(Handshake.class);

  private record Guest(String name) implements Principal {
    @Override
    public String getName() {
      return name;
    }
  }

  private static EndpointInstance instance(Class<?> type) {
    return new Binder(List.of(), true)
        .bind(List.of(type), List.of())
        .getFirst()
        .open(Map.of(), Map.of());
  }

  private Object open(Class<?> type, @Nullable Principal authenticated) throws Throwable {
    EndpointInstance instance = instance(type);
    when(handshake.user()).thenReturn(Optional.ofNullable(authenticated));
    instance.handshake(handshake);
    return instance.open(mock(Session.class));
  }

  @WebSocketEndpoint("/a")
  private static class ForUsers {
    @OnOpen
    String open(Principal user) {
      return user.getName();
    }
  }

  @Test
  void aPrincipalIsWhoTheApplicationSays() throws Throwable {
    assertEquals("Ann", open(ForUsers.class, new Guest("Ann")));
  }

  @Test
  void whereOneIsAskedForNobodyElseComesIn() {
    HttpException e = assertThrows(HttpException.class, () -> open(ForUsers.class, null));
    assertEquals(401, e.status());
  }

  @WebSocketEndpoint("/a")
  private static class ForAll {
    @OnOpen
    String open(Optional<Principal> user) {
      return user.map(Principal::getName).orElse("somebody");
    }
  }

  @Test
  void anOptionalTakesThemAll() throws Throwable {
    assertEquals("Ann", open(ForAll.class, new Guest("Ann")));
    assertEquals("somebody", open(ForAll.class, null));
  }

  @WebSocketEndpoint("/a")
  private static class KnowsBetter {
    @OnHandshake
    @Nullable Guest login(Handshake handshake) {
      return handshake.user().map(user -> new Guest(user.getName() + "!")).orElse(null);
    }

    @OnOpen
    String open(Guest guest, Principal same, Optional<Guest> again) {
      return guest.name + same.getName() + again.orElseThrow().name;
    }
  }

  @Test
  void whatTheHandshakeMethodReturnsWins() throws Throwable {
    assertEquals("Ann!Ann!Ann!", open(KnowsBetter.class, new Guest("Ann")));
    var e = assertThrows(HttpException.class, () -> open(KnowsBetter.class, null));
    assertEquals(401, e.status());
  }

  @WebSocketEndpoint("/a")
  private static class Undecided {
    @OnHandshake
    @Nullable Guest login() {
      return null;
    }

    @OnOpen
    String open(Session session, Optional<Guest> guest, Optional<Principal> user) {
      return guest.isPresent() + " " + user.map(Principal::getName).orElse("");
    }
  }

  @Test
  void whereThatIsNullTheApplicationsUserStays() throws Throwable {
    assertEquals("false Ann", open(Undecided.class, () -> "Ann"));
    assertEquals("true Ann", open(Undecided.class, new Guest("Ann")));
    assertEquals("false ", open(Undecided.class, null));
  }
}
