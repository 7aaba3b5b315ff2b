package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Principal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UserTypesTest {
  private record Guest(String getName) implements Principal {
    @Override
    public String getName() {
      return getName;
    }
  }

  private final UserTypes nobody = new UserTypes(false, Optional.empty());
  private final UserTypes anybody = new UserTypes(true, Optional.empty());
  private final UserTypes guests = new UserTypes(false, Optional.of(Guest.class));

  @Test
  void thereAreUsersWhereTheHandshakeReturnsThemOrTheApplicationAuthenticates() {
    assertFalse(nobody.has(Principal.class));
    assertTrue(anybody.has(Principal.class));
    assertTrue(guests.has(Principal.class));
  }

  @Test
  void theirClassIsKnownOnlyFromTheHandshake() {
    assertFalse(anybody.has(Guest.class));
    assertTrue(guests.has(Guest.class));
    assertFalse(guests.has(Object.class));
    assertFalse(guests.has(String.class));
  }

  @Test
  void whereNobodyIsAskedForAnybodyMayCome() {
    assertTrue(guests.accept(null));
  }

  @Test
  void whereAUserIsAskedForOnlySuchOnesMayCome() {
    guests.want(Guest.class);
    assertFalse(guests.accept(null));
    assertFalse(guests.accept(() -> "of another class"));
    assertTrue(guests.accept(new Guest("Ann")));
  }
}
