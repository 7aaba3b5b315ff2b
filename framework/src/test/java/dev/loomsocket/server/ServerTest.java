package dev.loomsocket.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.loomsocket.http.Response;
import dev.loomsocket.net.Transport;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the server counts; the conversations in the root package show the rest of it. */
class ServerTest {
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
