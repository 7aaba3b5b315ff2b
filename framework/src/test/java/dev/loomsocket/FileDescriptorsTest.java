package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FileDescriptorsTest {

  private static int forConnections(String soft) {
    return FileDescriptors.forConnections(
        List.of(
            "Limit                     Soft Limit           Hard Limit           Units     ",
            "Max processes             95000                95000                processes ",
            "Max open files            %-20s 1048576              files     ".formatted(soft),
            "Max locked memory         8388608              8388608              bytes     "));
  }

  @Test
  void connectionsGetNineTenthsOfTheSoftLimit() {
    assertEquals(18_000, forConnections("20000"));
    assertEquals(1_844, forConnections("2048"));
  }

  @Test
  void ofASmallLimitEnoughIsLeftForTheRest() {
    assertEquals(896, forConnections("1024"));
    assertEquals(128, forConnections("256"));
    assertEquals(1, forConnections("128"));
  }

  @Test
  void hugeLimitsAndNoneAreAsManyAsCanBeCounted() {
    assertEquals(Integer.MAX_VALUE, forConnections("unlimited"));
    assertEquals(Integer.MAX_VALUE, forConnections("8963372036854775807"));
  }

  @Test
  void withoutSuchALineThereIsAGuess() {
    assertEquals(10_000, FileDescriptors.forConnections(List.of()));
  }

  @Test
  void thisProcessHasALimitToo() {
    assertTrue(FileDescriptors.forConnections() > 0);
  }
}
