package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubprotocolOfferTest {
  private static SubprotocolOffer offer(String... fieldValues) {
    return SubprotocolOffer.of(List.of(fieldValues));
  }

  @Test
  void subprotocolsOfSeveralFieldsAreOneList() {
    assertEquals(List.of("a", "b", "c"), offer("a , b", "\tc").names());
    assertEquals(List.of(), offer().names());
    assertEquals(List.of(), offer(",").names());
  }

  @Test
  void whatStandsBehindBearerIsATokenAndNoSubprotocol() {
    SubprotocolOffer offer = offer("v1, bearer, secret", "chat");
    assertEquals(List.of("v1", "bearer", "chat"), offer.names());
    assertEquals(Optional.of("secret"), offer.bearerToken());
  }

  @Test
  void theTokenMayStandInTheNextField() {
    assertEquals(Optional.of("secret"), offer("bearer", "secret").bearerToken());
  }

  @Test
  void withoutBearerInFrontNothingIsAToken() {
    assertEquals(Optional.empty(), offer("chat, secret").bearerToken());
    assertEquals(Optional.empty(), offer("chat, bearer").bearerToken());
    assertEquals(List.of("chat", "bearer"), offer("chat, bearer").names());
    assertEquals(Optional.empty(), offer("Bearer, secret").bearerToken());
  }

  @Test
  void itIsPrintedWithoutTheToken() {
    assertEquals("[bearer, chat]", offer("bearer, secret, chat").toString());
  }
}
