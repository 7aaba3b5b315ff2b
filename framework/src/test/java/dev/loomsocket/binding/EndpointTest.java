package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointTest {
  @WebSocketEndpoint(value = "/rooms/{id}", subprotocols = "v1", maxMessageSize = 9)
  private static class Rooms {
    private static int made;

    Rooms() {
      made++;
    }

    @OnOpen
    void open(@PathParam int id, @QueryParam int since) {}
  }

  @WebSocketEndpoint("/a")
  private static class Failing {
    Failing() throws IOException {
      throw new IOException("no disk");
    }

    @OnMessage
    void text(String text) {}
  }

  @Test
  void anEndpointTellsItsClassItsPathAndItsOptions() {
    Endpoint endpoint = Bound.endpoint(Rooms.class);
    assertEquals(Rooms.class, endpoint.type());
    assertEquals("/rooms/{id}", endpoint.path().toString());
    assertEquals("v1", endpoint.options().subprotocols()[0]);
    assertEquals(9, endpoint.options().maxMessageSize());
  }

  @Test
  void parametersThatDoNotConvertAreRefusedBeforeAnInstanceIsMade() {
    Endpoint endpoint = Bound.endpoint(Rooms.class);
    var path = assertThrows(HttpException.class, () -> endpoint.open(Map.of("id", "x"), Map.of()));
    assertEquals(404, path.status());
    var query =
        assertThrows(
            HttpException.class,
            () -> endpoint.open(Map.of("id", "1"), Map.of("since", List.of("x"))));
    assertEquals(400, query.status());
    assertEquals(0, Rooms.made);
  }

  @Test
  void whatTheConstructorThrowsComesOutAsItIs() {
    Endpoint endpoint = Bound.endpoint(Failing.class);
    var e = assertThrows(IOException.class, () -> endpoint.open(Map.of(), Map.of()));
    assertEquals("no disk", e.getMessage());
  }
}
