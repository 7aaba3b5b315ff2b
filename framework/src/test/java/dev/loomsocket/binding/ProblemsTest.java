package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  private static class Base {
    Base(int number) {}

    void line(Map<String, byte[]> map, int... numbers) {}
  }

  private static class Sub extends Base {
    Sub() {
      super(0);
    }
  }

  @Test
  void problemsAreKeptInTheirOrder() {
    Problems problems = new Problems();
    assertTrue(problems.isEmpty());
    problems.add("a", "b", "c", "d");
    problems.add("e", "f", "g", "h");
    assertFalse(problems.isEmpty());
    assertEquals(
        List.of(new Problem("a", "b", "c", "d"), new Problem("e", "f", "g", "h")), problems.all());
  }

  @Test
  void methodsAndConstructorsAreNamedWithTheirParameters() throws Exception {
    var line = Base.class.getDeclaredMethod("line", Map.class, int[].class);
    assertEquals("line(Map, int[])", Problems.signature(line));
    assertEquals(Base.class.getName() + ".line(Map, int[])", Problems.where(Base.class, line));
    assertEquals(
        Sub.class.getName() + ".line(Map, int[]) (inherited from " + Base.class.getName() + ")",
        Problems.where(Sub.class, line));
    var constructor = Base.class.getDeclaredConstructor(int.class);
    assertEquals(Base.class.getName() + "(int)", Problems.where(constructor));
  }

  @Test
  void parametersAreNamedWithTheirFullTypes() throws Exception {
    var line = Base.class.getDeclaredMethod("line", Map.class, int[].class);
    assertEquals(
        "the parameter \"map\" (Map<String, byte[]>)",
        Problems.parameter(line.getParameters()[0], 0, line.getGenericParameterTypes()[0]));
  }
}
