package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CarriersTest {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
  private String before;

  @BeforeEach
  void forget() {
    before = System.clearProperty(PARALLELISM);
  }

  @AfterEach
  void remember() {
    if (before == null) {
      System.clearProperty(PARALLELISM);
    } else {
      System.setProperty(PARALLELISM, before);
    }
  }

  @Test
  void whereSynchronizedHoldsACarrierThereAreMoreThanCores() {
    Carriers.provide(21);
    int cores = Runtime.getRuntime().availableProcessors();
    assertEquals(Integer.toString(cores + 4), System.getProperty(PARALLELISM));
  }

  @Test
  void elsewhereOneForEachCoreIsEnough() {
    Carriers.provide(24);
    assertNull(System.getProperty(PARALLELISM));
  }

  @Test
  void theUsersOwnSettingStays() {
    System.setProperty(PARALLELISM, "7");
    Carriers.provide(21);
    assertEquals("7", System.getProperty(PARALLELISM));
  }
}
