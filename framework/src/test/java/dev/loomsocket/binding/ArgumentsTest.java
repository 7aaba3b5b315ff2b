package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.mockito.Mockito.mock;

import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.Session;
import java.security.Principal;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private final Arguments arguments = new Arguments("instance", new Object[] {1, "two"});

  @Test
  void handlesReadWhatTheConnectionHasSoFar() throws Throwable {
    assertEquals("instance", Arguments.INSTANCE.invoke(arguments));
    assertEquals("two", Arguments.value(1).invoke(arguments));
    assertNull(Arguments.SESSION.invoke(arguments));
    Session session = mock(Session.class);
    Handshake handshake = mock(Handshake.class);
    Principal user = () -> "Ann";
    arguments.session(session);
    arguments.handshake(handshake);
    arguments.user(user);
    assertSame(session, Arguments.SESSION.invoke(arguments));
    assertSame(handshake, Arguments.HANDSHAKE.invoke(arguments));
    assertSame(user, Arguments.USER.invoke(arguments));
  }
}
