package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionKeysTest {
  private static final byte[] JEFE = "Jefe".getBytes(US_ASCII);
  private static final byte[] OTHER = "other".getBytes(US_ASCII);
  private static final String TEXT = "what do ya want for nothing?";

  /** RFC 4231 §4.3. */
  private static final byte[] SIGNATURE =
      HexFormat.of().parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

  @Test
  void theFirstKeySigns() {
    assertEquals(
        HexFormat.of().formatHex(SIGNATURE),
        HexFormat.of().formatHex(new SessionKeys(List.of(JEFE, OTHER)).sign(TEXT)));
  }

  @Test
  void whatAnyKeyHasSignedIsGood() {
    assertEquals(0, new SessionKeys(List.of(JEFE, OTHER)).signer(TEXT, SIGNATURE));
    assertEquals(1, new SessionKeys(List.of(OTHER, JEFE)).signer(TEXT, SIGNATURE));
  }

  @Test
  void anythingElseIsNot() {
    SessionKeys keys = new SessionKeys(List.of(JEFE));
    assertEquals(-1, new SessionKeys(List.of(OTHER)).signer(TEXT, SIGNATURE));
    assertEquals(-1, keys.signer(TEXT + " ", SIGNATURE));
    assertEquals(-1, keys.signer(TEXT, new byte[0]));
    for (int i = 0; i < SIGNATURE.length; i++) {
      byte[] changed = SIGNATURE.clone();
      changed[i] ^= 1;
      assertEquals(-1, keys.signer(TEXT, changed), "byte " + i);
    }
  }
}
