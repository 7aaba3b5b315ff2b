package dev.loomsocket.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.loomsocket.http.Response;
import dev.loomsocket.net.Transport;
import dev.loomsocket.session.Facilities;
import dev.loomsocket.session.LiveSessions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** What the server counts; the conversations in the root package show the rest of it. */
class ServerTest {
  @Test
  void whatItsSessionsShareIsClosedWithIt() throws IOException {
    Facilities shared = mock();
    when(shared.sessions()).thenReturn(new LiveSessions());
    Site site = new Site.Builder(value -> new byte[0]).build();
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Server server = Server.start(free, ServerSettings.DEFAULT, site, shared);
    verify(shared, never()).close();
    server.close();
    server.close();
    verify(shared).close();
  }

  @Test
  void aConnectionThatCannotBeStartedDoesNotCount() throws IOException {
    try (ServedInMemory served = new ServedInMemory(request -> Response.text(""))) {
      Transport transport = mock();
      doThrow(new OutOfMemoryError("on purpose")).when(transport).start(any(), any());
      assertThrows(OutOfMemoryError.class, () -> served.server.serve(transport));
      assertEquals(0, served.server.connections());
      verify(transport).close();
    }
  }
}
