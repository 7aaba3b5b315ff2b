package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarriersTest {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
  private static final String MIN_RUNNABLE = "jdk.virtualThreadScheduler.minRunnable";
  private static final String MAX_POOL_SIZE = "jdk.virtualThreadScheduler.maxPoolSize";

  private final Map<String, String> before = new HashMap<>();

  @BeforeEach
  void forget() {
    for (String name : List.of(PARALLELISM, MIN_RUNNABLE, MAX_POOL_SIZE)) {
      before.put(name, System.clearProperty(name));
    }
  }

  @AfterEach
  void remember() {
    before.forEach((name, value) -> {
      if (value == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, value);
      }
    });
  }

  @Test
  void whereSynchronizedHoldsACarrierThereIsOneMoreThanCores() {
    assertTrue(Carriers.provide(21));
    int cores = Runtime.getRuntime().availableProcessors();
    assertEquals(Integer.toString(cores + 1), System.getProperty(PARALLELISM));
    assertEquals(Integer.toString(Math.max(1, cores / 2) + 1), System.getProperty(MIN_RUNNABLE));
  }

  @Test
  void elsewhereOneForEachCoreIsEnough() {
    assertFalse(Carriers.provide(24));
    assertNull(System.getProperty(PARALLELISM));
    assertNull(System.getProperty(MIN_RUNNABLE));
  }

  @ParameterizedTest
  @ValueSource(strings = {PARALLELISM, MIN_RUNNABLE, MAX_POOL_SIZE})
  void theUsersOwnSettingStaysAlone(String name) {
    System.setProperty(name, "7");
    assertFalse(Carriers.provide(21));
    for (String one : List.of(PARALLELISM, MIN_RUNNABLE, MAX_POOL_SIZE)) {
      assertEquals(one.equals(name) ? "7" : null, System.getProperty(one));
    }
  }
}
