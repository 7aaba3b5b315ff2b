package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TokenTest {
  @Test
  void aTokenHasLettersDigitsAndFifteenOtherCharacters() {
    String all = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (int c = 0; c < 300; c++) {
      assertEquals(all.indexOf(c) >= 0, Token.isPart(c), "character " + c);
      assertEquals(Token.isPart(c), Token.isToken("a" + (char) c + "b"), "character " + c);
    }
  }
}
