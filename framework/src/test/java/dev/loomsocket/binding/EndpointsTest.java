package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.Warnings;
import dev.loomsocket.binding.sample.below.Deep;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsTest {
  private static final String SAMPLE = "dev.loomsocket.binding.sample";

  private static List<String> find(String... members) {
    return Endpoints.find(List.of(members).stream().<Class<?>>map(EndpointsTest::load).toList())
        .stream()
        .map(Class::getName)
        .toList();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, EndpointsTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void endpointsOfThePackageAndBelowAreFoundAndThoseThatLackTheAnnotation() {
    assertEquals(
        List.of(
            SAMPLE + ".Foreign",
            SAMPLE + ".Forgotten",
            SAMPLE + ".Plain",
            SAMPLE + ".Plain$Nested",
            SAMPLE + ".below.Deep"),
        find(SAMPLE + ".Foreign"));
  }

  @Test
  void otherPackagesAreNotLookedAt() {
    assertEquals(List.of(SAMPLE + ".below.Deep"), find(Deep.class.getName()));
  }

  @Test
  void aClassThatIsFoundTwiceIsOne() {
    assertEquals(find(SAMPLE + ".Plain"), find(SAMPLE + ".Plain", Deep.class.getName()));
  }

  @Test
  void aClassWhoseSuperclassIsAbsentIsLeftOutAndLogged(@TempDir Path directory) throws Exception {
    Class<?> member = Compiled.besideOneWithoutItsSuperclass(directory);
    try (Warnings warnings = Warnings.take()) {
      assertEquals(List.of(member), Endpoints.find(List.of(member)));
      assertTrue(warnings.messages().getFirst().contains("com.acme.Helper"));
      assertTrue(warnings.messages().getFirst().contains("com/acme/Absent"));
    }
  }

  @Test
  void withoutPackagesNothingIsFound() {
    assertEquals(List.of(), find());
  }
}
