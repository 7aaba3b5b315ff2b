package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarriersTest {
  private static final String SCHEDULER = "jdk.virtualThreadScheduler.";
  private final Map<String, String> before = new HashMap<>();

  @BeforeEach
  void forget() {
    for (String name : new String[] {"parallelism", "minRunnable", "maxPoolSize"}) {
      before.put(name, System.clearProperty(SCHEDULER + name));
    }
  }

  @AfterEach
  void remember() {
    before.forEach((name, value) -> {
      if (value == null) {
        System.clearProperty(SCHEDULER + name);
      } else {
        set(name, value);
      }
    });
  }

  private static void set(String name, String value) {
    System.setProperty(SCHEDULER + name, value);
  }

  private static String get(String name) {
    return System.getProperty(SCHEDULER + name);
  }

  @Test
  void whereSynchronizedHoldsACarrierThereAreMoreThanCores() {
    assertTrue(Carriers.provide(21));
    int cores = Runtime.getRuntime().availableProcessors();
    assertEquals(Integer.toString(cores + 4), get("parallelism"));
    assertEquals(Integer.toString(Math.max(1, cores / 2) + 4), get("minRunnable"));
  }

  @Test
  void elsewhereOneForEachCoreIsEnough() {
    assertFalse(Carriers.provide(24));
    assertNull(get("parallelism"));
    assertNull(get("minRunnable"));
  }

  @Test
  void theUsersOwnSettingStays() {
    set("parallelism", "7");
    assertFalse(Carriers.provide(21));
    assertEquals("7", get("parallelism"));
    assertNull(get("minRunnable"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"minRunnable", "maxPoolSize"})
  void itsOtherSizesStayToo(String name) {
    set(name, "7");
    assertFalse(Carriers.provide(21));
    assertEquals("7", get(name));
    int cores = Runtime.getRuntime().availableProcessors();
    assertEquals(Integer.toString(cores + 4), get("parallelism"));
  }
}
