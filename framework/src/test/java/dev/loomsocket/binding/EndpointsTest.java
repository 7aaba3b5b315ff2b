package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointsTest {
  private static final String SAMPLE = "dev.loomsocket.binding.sample";

  private static List<String> find(String... packages) {
    return Endpoints.find(List.of(packages), EndpointsTest.class.getClassLoader()).stream()
        .map(Class::getName)
        .toList();
  }

  @Test
  void endpointsOfThePackageAndBelowAreFoundAndThoseThatLackTheAnnotation() {
    assertEquals(
        List.of(
            SAMPLE + ".Forgotten",
            SAMPLE + ".Plain",
            SAMPLE + ".Plain$Nested",
            SAMPLE + ".below.Deep"),
        find(SAMPLE));
  }

  @Test
  void otherPackagesAreNotLookedAt() {
    assertEquals(List.of(SAMPLE + ".below.Deep"), find(SAMPLE + ".below"));
    assertEquals(List.of(), find(SAMPLE + ".none"));
    assertEquals(List.of(), find(""));
  }

  @Test
  void withoutPackagesNothingIsFound() {
    assertEquals(List.of(), find());
  }
}
