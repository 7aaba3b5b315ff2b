package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AcceptTest {
  @Test
  void theExampleOfTheRfcComesOut() { // RFC 6455 §1.3
    Accept accept = Accept.of("dGhlIHNhbXBsZSBub25jZQ==", Accept.MAGIC);
    assertEquals("b37a4f2cc0624f1690f64606cf385945b2bec4ea", accept.sha1());
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", accept.value());
  }
}
