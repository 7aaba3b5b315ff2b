package dev.loomsocket.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypeNameTest {
  private record Line(String text) {}

  private sealed interface Shape permits Circle, Polygon {}

  private record Circle(int radius) implements Shape {}

  private static sealed class Polygon implements Shape permits Square {}

  private static final class Square extends Polygon {}

  private enum Colour {
    RED {},
    GREEN
  }

  @Test
  void itIsTheSimpleNameWithASmallFirstLetter() {
    assertEquals("line", TypeName.of(Line.class));
  }

  @Test
  void aClassStandsForItself() {
    assertEquals(List.of(Line.class), List.copyOf(TypeName.leaves(Line.class)));
  }

  @Test
  void aSealedTypeStandsForWhatItPermitsAndForItselfUnlessItIsAbstract() {
    assertEquals(
        List.of(Circle.class, Polygon.class, Square.class),
        List.copyOf(TypeName.leaves(Shape.class)));
  }

  @Test
  void anEnumIsNoSealedType() {
    assertEquals(List.of(Colour.class), List.copyOf(TypeName.leaves(Colour.class)));
  }
}
