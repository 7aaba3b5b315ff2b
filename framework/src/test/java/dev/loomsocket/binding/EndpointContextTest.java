package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.websocket.OnHandshake;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndpointContextTest {
  private abstract static class Base<U> {
    @OnHandshake
    abstract U login();
  }

  private abstract static class WithUser extends Base<Principal> {}

  private abstract static class WithoutUser extends Base<Boolean> {}

  private static EndpointContext context(Class<?> type) {
    GenericTypes generics = new GenericTypes(type);
    return new EndpointContext(
        type,
        Optional.empty(),
        generics,
        HandlerMethods.of(type, generics),
        new Services(List.of()),
        new UrlValues(),
        new Problems());
  }

  @Test
  void theUserIsWhatTheHandshakeReturnsIfThatIsAPrincipal() {
    assertEquals(Optional.of(Principal.class), context(WithUser.class).principal());
    assertEquals(Optional.empty(), context(WithoutUser.class).principal());
  }
}
